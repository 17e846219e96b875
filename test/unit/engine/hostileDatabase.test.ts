import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { Tracer } from '#common/base/trace';
import { EngineClient } from '../../../extension/host/engineClient.ts';
import { engineConfig } from '../../support/engineInProcess.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

const enginePath = inject('enginePath');
let inside: string;
let outside: string;
let engine: EngineClient;

beforeEach(async () => {
  const root = await testFolder();
  inside = join(root, 'inside');
  outside = join(root, 'outside');
  await mkdir(inside);
  await mkdir(outside);
  await writeInto(outside, 'secret.csv', 'a,b\n1,SECRET\n');
  const config = () => engineConfig(inside);
  engine = new EngineClient({ enginePath, config, log: () => undefined, tracer: new Tracer(() => undefined) });
});
afterEach(() => engine.dispose());

/** A database file with a table `plain` and what else the statements make. */
async function databaseWith(...statements: readonly string[]): Promise<string> {
  const path = join(inside, 'other.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const sql of ['CREATE TABLE plain AS SELECT 42 AS a', ...statements]) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
  return path;
}

async function valueOf(sql: string): Promise<unknown> {
  const { ipc } = await engine.query({ sql, lane: 'result', subject: 'hostile', maxRows: 10 });
  return tableFromIPC(ipc).getChildAt(0)?.get(0);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (PikaError.is(error) ? error.code : String(error)),
  );
}

function open(path: string, table: string) {
  return engine.describeSource({ files: [path], format: 'duckdb', options: {}, table });
}

const LOGGING = () => `enable_logging(storage = 'file', storage_path = '${inside}/log')`;

describe('refuses a database whose stored SQL acts, before anything of it runs:', () => {
  const check = (name: string, statement: () => string, table = 'plain') =>
    test(name, async () => {
      const path = await databaseWith(statement());
      const { pid } = await engine.stats();
      expect(await codeOf(open(path, table))).toBe('query-refused');
      expect(await codeOf(valueOf(`FROM "duckdb:${path}".main.${table}`))).toBe('query-refused');
      expect(await valueOf('SELECT 1')).toBe(1);
      expect([(await readdir(inside)).sort(), (await engine.stats()).pid]).toEqual([
        ['.cache', '.scratch', 'other.duckdb'],
        pid,
      ]);
    });
  check('a view that logs to a file', () => `CREATE VIEW v AS SELECT * FROM ${LOGGING()}`, 'v');
  check('a view that nobody asked for', () => `CREATE VIEW v AS SELECT * FROM ${LOGGING()}`);
  check('a view with the whole name', () => 'CREATE VIEW v AS FROM system.main.force_checkpoint()', 'v');
  check('a name in quotes and capitals', () => 'CREATE VIEW v AS FROM "Force_Checkpoint"()', 'v');
  check('a view with SQL in a text', () => "CREATE VIEW v AS FROM query('SELECT 1')", 'v');
  check('a macro in the place of range', () => `CREATE MACRO range(x) AS TABLE SELECT * FROM ${LOGGING()}`);
  check('a macro in the place of abs', () => "CREATE MACRO abs(x) AS write_log('x')");
  check('the second form of a macro', () => 'CREATE MACRO f(x) AS 1, (x, y) AS (SELECT count(*) FROM checkpoint())');
});

test('opens a database whose views and macros only read', async () => {
  const path = await databaseWith(
    'CREATE MACRO twice(x) AS 2 * x',
    'CREATE MACRO upTo(n) AS TABLE SELECT * FROM range(n)',
    'CREATE VIEW v AS SELECT twice(a) AS b FROM plain',
  );
  const { relation } = await open(path, 'v');
  expect(await valueOf(`FROM ${relation}`)).toBe(84);
});

test('does not read files elsewhere for a view', async () => {
  const path = await databaseWith(`CREATE VIEW v AS SELECT * FROM '${outside}/secret.csv'`);
  expect(await codeOf(open(path, 'v'))).toBe('source-outside');
  expect(await codeOf(valueOf(`FROM "duckdb:${path}".main.v`))).toBe('source-outside');
  expect(await valueOf(`FROM "duckdb:${path}".main.plain`)).toBe(42);
});

test('does not attach a database elsewhere that a query names', async () => {
  expect(await codeOf(valueOf(`FROM "duckdb:${outside}/x.duckdb".main.t`))).toBe('source-outside');
  expect(await readdir(outside)).toEqual(['secret.csv']);
});
