import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import type { SourceRequest } from '#common/protocol/engineContract';
import { readConnection } from '#common/remote/connection';
import { planConnection } from '../../../extension/engine/remote/connectionPlan.ts';
import { remoteRelation } from '../../../extension/engine/remote/remoteRelation.ts';
import { connection } from '../../support/connections.ts';
import { testFolder } from '../../support/textFiles.ts';

const KEYS = { keyId: 'AK', secret: "s'3" };
const SERVER = { host: 'db.example.org', database: 'shop', user: 'reader' };
const s3 = connection({ name: 'lake', type: 's3', url: 's3://bucket/data', region: 'eu-central-1' }, KEYS);
const http = connection({ name: 'web', type: 'http', url: 'https://example.org/data/' }, { token: 'T' });
const pg = connection({ name: 'pg', type: 'postgres', ...SERVER, port: '5433' }, { password: 'pw' });

function relation(of: typeof s3, target: string, request: Partial<SourceRequest> = {}): string {
  return remoteRelation(of, target, { files: [], format: 'parquet', options: {}, ...request });
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (PikaError.is(error)) return error.code;
    throw error;
  }
  return 'none';
}

describe('opening a connection', () => {
  test('S3 and GCS get a temporary secret for their folder alone', () => {
    expect(planConnection(s3)).toEqual({
      extensions: ['httpfs'],
      statements: [
        `CREATE TEMPORARY SECRET "connection:lake" (TYPE s3, KEY_ID 'AK', SECRET 's''3', REGION 'eu-central-1', SCOPE 's3://bucket/data/')`,
      ],
      prefixes: ['s3://bucket/data/'],
      environment: {},
    });
    const gcs = connection({ name: 'g', type: 'gcs', url: 'gs://bucket/' }, KEYS);
    expect(planConnection(gcs).statements).toEqual([
      `CREATE TEMPORARY SECRET "connection:g" (TYPE gcs, KEY_ID 'AK', SECRET 's''3', SCOPE 'gs://bucket/')`,
    ]);
  });

  test('HTTP sends its token to its folder alone, and has no secret without one', () => {
    expect(planConnection(http).statements).toEqual([
      `CREATE TEMPORARY SECRET "connection:web" (TYPE http, BEARER_TOKEN 'T', SCOPE 'https://example.org/data/')`,
    ]);
    expect(planConnection({ ...http, secrets: {} }).statements).toEqual([]);
  });

  test('Postgres and MySQL are attached for reading, their password in a secret', () => {
    expect(planConnection(pg)).toMatchObject({
      extensions: ['postgres'],
      statements: [
        `CREATE TEMPORARY SECRET "connection:pg" (TYPE postgres, HOST 'db.example.org', PORT '5433', DATABASE 'shop', USER 'reader', PASSWORD 'pw')`,
        `ATTACH 'connect_timeout=10' AS "connection:pg" (TYPE postgres, SECRET "connection:pg", READ_ONLY)`,
      ],
      prefixes: [],
    });
    const mysql = connection({ name: 'my', type: 'mysql', ...SERVER });
    expect(planConnection(mysql).statements[1]).toBe(
      `ATTACH '' AS "connection:my" (TYPE mysql, SECRET "connection:my", READ_ONLY)`,
    );
  });

  test('DuckLake, Iceberg and Delta bring their extensions; MotherDuck its token outside of SQL', () => {
    const url = 's3://bucket/lake/';
    const lake = connection({ name: 'dl', type: 'ducklake', url, catalog: 'a.ducklake' });
    expect(planConnection(lake).extensions).toEqual(['httpfs', 'ducklake']);
    expect(planConnection(lake).statements.at(-1)).toBe(
      `ATTACH 'ducklake:s3://bucket/lake/a.ducklake' AS "connection:dl" (READ_ONLY)`,
    );
    expect(planConnection(connection({ name: 'i', type: 'iceberg', url })).extensions).toContain('iceberg');
    expect(planConnection(connection({ name: 'd', type: 'delta', url })).extensions).toContain('delta');
    const duck = planConnection(connection({ name: 'md', type: 'motherduck', database: 'sales' }, { token: 'T0K' }));
    expect(duck).toEqual({
      extensions: ['motherduck'],
      statements: ["ATTACH 'md:sales'"],
      prefixes: [],
      environment: { motherduck_token: 'T0K' },
    });
  });
});

describe('the relation of a target', () => {
  test('is the bare scan of a file, with its reader options', () => {
    expect(relation(s3, 'y=*/a.parquet')).toBe(`read_parquet(['s3://bucket/data/y=*/a.parquet'])`);
    expect(relation(s3, 's3://bucket/data/a.parquet')).toBe(`read_parquet(['s3://bucket/data/a.parquet'])`);
    expect(relation(http, "o'a.csv", { format: 'csv', options: { skip: 1 } })).toBe(
      `read_csv(['https://example.org/data/o''a.csv'], skip = 1)`,
    );
    expect(relation(http, 'a.jsonl', { format: 'jsonl' })).toBe(`read_json(['https://example.org/data/a.jsonl'])`);
  });

  test('is a lake table or a table of a database', () => {
    const url = 's3://bucket/lake/';
    expect(relation(connection({ name: 'i', type: 'iceberg', url }), 'a/b')).toBe(
      `iceberg_scan('s3://bucket/lake/a/b')`,
    );
    expect(relation(connection({ name: 'd', type: 'delta', url }), 'a/b')).toBe(`delta_scan('s3://bucket/lake/a/b')`);
    expect(relation(pg, 'public.orders')).toBe(`"connection:pg"."public"."orders"`);
    expect(relation(pg, '"a.b"."c""d"')).toBe(`"connection:pg"."a.b"."c""d"`);
    const duck = connection({ name: 'md', type: 'motherduck', database: 'sales' });
    expect(relation(duck, 'orders')).toBe(`"sales"."orders"`);
  });

  test.each(['../a.csv', 'a/../../b.csv', '/etc/passwd', 'https://evil.example/a.csv', 'a\\..\\b', '%2e%2e/a', ''])(
    'never leaves the folder of its connection: %s',
    (target) => expect(codeOf(() => relation(http, target))).toBe('source-outside'),
  );

  test.each(['a.b.c', 'a; DROP TABLE b', 'a"', ''])('is a name or nothing: %s', (target) => {
    const text = codeOf(() => relation(pg, target));
    if (text === 'none') expect(relation(pg, target)).toBe(`"connection:pg"."${target.replaceAll('"', '""')}"`);
    else expect(text).toBe('bad-request');
  });

  test('lets filters and columns into the scan', async () => {
    const folder = await testFolder();
    const file = join(folder, 'shop.duckdb');
    const database = await (await DuckDBInstance.create(':memory:')).connect();
    await database.run(`ATTACH '${file}' AS made`);
    await database.run(
      `CREATE TABLE made.main.orders AS SELECT range AS id, range % 7 AS kind, 'x' AS note FROM range(1000)`,
    );
    await database.run(`DETACH made; ATTACH '${file}' AS "connection:pg" (READ_ONLY)`);
    const query = `SELECT kind FROM (SELECT * FROM ${relation(pg, 'main.orders')}) WHERE id > 900`;
    const [[, plan] = []] = (await database.runAndReadAll(`EXPLAIN (FORMAT json) ${query}`)).getRowsJson();
    expect(plan).toContain('SEQ_SCAN');
    expect(plan).toMatch(/"Filters": "id>900"/);
    expect(plan).not.toContain('note');
    database.closeSync();
  });
});

describe('a definition', () => {
  test.each([
    [{ name: 'a', type: 'ftp' }, 'type'],
    [{ name: 'a', type: 's3' }, 'url'],
    [{ name: 'a', type: 'postgres', ...SERVER, password: 'x' }, 'password'],
    [{ name: 'a', type: 'http', url: 'file:///etc/' }, 'url'],
    [{ name: 'a', type: 'http', url: 'https://user:pw@host/' }, 'url'],
    [{ name: 'a', type: 'http', url: 'https://host/a/../b/' }, 'url'],
    [{ name: 'a', type: 's3', url: 's3://*/' }, 'url'],
  ])('%j is refused for its %s', (definition, word) => {
    expect(readConnection(definition)).toContain(word);
  });
});
