import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { Tracer } from '#common/base/trace';
import { EngineClient } from '../../../extension/host/engineClient.ts';
import { engineConfig } from '../../support/engineInProcess.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';
import {
  ACTING_FUNCTIONS,
  HIDDEN_STATEMENTS,
  NETWORK_READS,
  OUTSIDE_READS,
  OVERSIZED_TEXTS,
  SETTINGS,
  WRITES,
  type HostileFolders,
  type RefusedCase,
} from './hostileSql.ts';

const MEMORY_LIMIT_BYTES = 300_000_000;
/** Over the limit, DuckDB and the process itself need this much at most. */
const MEMORY_SLACK_BYTES = 700_000_000;
const SECRET = 'a,b\n1,SECRET\n';
const never = new AbortController().signal;
let folders: HostileFolders;
let engine: EngineClient;
let pid: number;

beforeAll(async () => {
  folders = await hostileFolders();
  const config = () =>
    engineConfig(folders.inside, {
      searchPath: folders.inside,
      memoryLimitBytes: MEMORY_LIMIT_BYTES,
      maxSpillBytes: MEMORY_LIMIT_BYTES,
    });
  const enginePath = inject('enginePath');
  engine = new EngineClient({ enginePath, config, log: () => undefined, tracer: new Tracer(() => undefined) });
  ({ pid } = await engine.stats());
});
afterEach(async () => {
  const stats = await engine.stats();
  expect(stats).toMatchObject({ pid, openStreamCount: 0 });
  expect(stats.residentBytes).toBeLessThan(MEMORY_LIMIT_BYTES + MEMORY_SLACK_BYTES);
});
afterAll(() => engine.dispose());

async function hostileFolders(): Promise<HostileFolders> {
  const root = await testFolder();
  const inside = join(root, 'inside');
  const outside = join(root, 'outside');
  await mkdir(inside);
  await mkdir(outside);
  await writeInto(inside, 'data.csv', 'a,b\n1,x\n');
  const secret = await writeInto(outside, 'secret.csv', SECRET);
  await symlink(secret, join(inside, 'link.csv'));
  await symlink(outside, join(inside, 'linkFolder'), 'junction');
  return { inside, outside };
}

function run(sql: string, signal = never) {
  return engine.query({ sql, lane: 'result', subject: 'hostile', maxRows: 10 }, { signal });
}

async function readStream(sql: string): Promise<void> {
  for await (const ipc of engine.stream({ sql, lane: 'result', subject: 'hostile' }, never)) tableFromIPC(ipc);
}

async function failureOf(work: Promise<unknown>): Promise<PikaError> {
  const error: unknown = await work.then(
    () => new Error('it was let through'),
    (failure: unknown) => failure,
  );
  if (!PikaError.is(error)) throw error;
  return error;
}

async function expectUntouched(): Promise<void> {
  expect(await readdir(folders.outside)).toEqual(['secret.csv']);
  expect(await readFile(join(folders.outside, 'secret.csv'), 'utf8')).toBe(SECRET);
  const names = ['.cache', '.scratch', 'data.csv', 'link.csv', 'linkFolder'];
  expect((await readdir(folders.inside)).sort()).toEqual(names);
}

function checkRefused(subject: string, cases: readonly RefusedCase[]): void {
  describe(subject, () => {
    for (const [name, sql, codes] of cases) {
      test(name, async () => {
        const text = sql(folders);
        for (const read of [run, readStream]) {
          const { code, message } = await failureOf(read(text));
          expect(codes).toContain(code);
          expect(message).not.toContain('SECRET');
        }
        await expectUntouched();
      });
    }
  });
}

checkRefused('refuses to read elsewhere:', OUTSIDE_READS);
checkRefused('refuses the network:', NETWORK_READS);
checkRefused('refuses to write:', WRITES);
checkRefused('refuses settings:', SETTINGS);
checkRefused('refuses functions that act:', ACTING_FUNCTIONS);
checkRefused('refuses a second statement:', HIDDEN_STATEMENTS);
checkRefused('refuses what is too deep or too large:', OVERSIZED_TEXTS);

describe('describes nothing that it would refuse to run:', () => {
  const cases = [...NETWORK_READS, ...WRITES, ...SETTINGS, ...ACTING_FUNCTIONS, ...HIDDEN_STATEMENTS];
  test(`${cases.length} statements`, async () => {
    for (const [, sql, codes] of cases) {
      expect(codes).toContain((await failureOf(engine.describeQuery(sql(folders)))).code);
    }
    await expectUntouched();
  });
});

/** Starts work that would not end, cancels it once it runs, and expects the same process to be free again. */
function checkEndless(name: string, sql: string): void {
  test(name, async () => {
    const controller = new AbortController();
    const failure = failureOf(run(sql, controller.signal));
    while ((await engine.stats()).runningCount === 0) await nextTurn();
    controller.abort();
    expect((await failure).code).toBe('cancelled');
    while ((await engine.stats()).runningCount > 0) await nextTurn();
    expect((await run('SELECT 1')).rowCount).toBe(1);
  });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

describe('ends on request what would never end:', () => {
  const counting = 'WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t';
  checkEndless('a recursion', counting);
  checkEndless('a recursion that remembers', counting.replace('UNION ALL', 'UNION'));
  checkEndless('a trillion rows', 'SELECT sum(range) FROM range(1000000000000)');
  checkEndless('a cross join', 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a, b) = 3');
  checkEndless(
    'a sorted cross join',
    'FROM range(1000000) a, range(1000000) b, range(1000000) c ORDER BY hash(a, b, c)',
  );
  checkEndless('a join of sixty tables', `SELECT count(*) FROM ${tables(60)}`);
  checkEndless('a large sort', 'FROM (SELECT hash(range) AS h FROM range(1000000000)) ORDER BY h');
});

function tables(count: number): string {
  return Array.from({ length: count }, (_, i) => `range(100) t${i}`).join(', ');
}

describe('answers what is only large or odd:', () => {
  const check = (name: string, sql: string, expected: unknown) =>
    test(name, async () => {
      const { ipc } = await run(sql);
      expect(tableFromIPC(ipc).getChildAt(0)?.get(0)).toEqual(expected);
    });
  check('a megabyte of text', `SELECT length('${'x'.repeat(1_000_000)}')`, 1_000_000n);
  check('sixteen megabytes of text', `SELECT length('${'x'.repeat(16_000_000)}')`, 16_000_000n);
  check('a megabyte of comment', `SELECT 1 /*${'x'.repeat(1_000_000)}*/`, 1);
  check('a million semicolons', `SELECT 1${';'.repeat(1_000_000)}`, 1);
  check('a statement inside an escaped string', "SELECT E'\\'; DROP TABLE x --'", "'; DROP TABLE x --");
  check('a statement inside dollar quotes', 'SELECT $$; DROP TABLE x$$', '; DROP TABLE x');
  check('a byte order mark', '\ufeffSELECT 1', 1);
  check('half a character', "SELECT '\ud800'", '\ufffd');
  check('the first of endless rows', 'FROM generate_series(1, 1000000000000)', 1n);
  check(
    'the first of an endless recursion',
    'WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) FROM t',
    1,
  );
  check('a pattern that is slow elsewhere', "SELECT regexp_matches(repeat('a', 100000), '(a*)*b')", false);
  check('settings, which may be read', "SELECT current_setting('lock_configuration')", true);
});

test('shortens an error that a query makes as long as it likes', async () => {
  const { code, message } = await failureOf(run("SELECT error(repeat('x', 1000000))"));
  expect([code, message.length < 10_000]).toEqual(['query-failed', true]);
});
