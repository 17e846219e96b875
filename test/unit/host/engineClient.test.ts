import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { Tracer, type Span } from '#common/base/trace';
import { EngineClient } from '../../../extension/host/engineClient.ts';
import { engineConfig } from '../../support/engineInProcess.ts';
import { lines, testFolder, writeInto } from '../../support/textFiles.ts';

const enginePath = inject('enginePath');
const LONG = 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 3';
const never = new AbortController().signal;
let folder: string;
let allowed: string[];
let spans: Span[];
let engine: EngineClient;
let clock: { nowMs: number };

beforeEach(async () => {
  folder = await testFolder();
  allowed = [folder];
  spans = [];
  clock = { nowMs: 0 };
  engine = new EngineClient({
    enginePath,
    config: () => engineConfig(folder, { allowedPaths: allowed }),
    log: () => undefined,
    tracer: new Tracer((span) => spans.push(span)),
    now: () => clock.nowMs,
  });
});
afterEach(() => engine.dispose());

function query(sql: string, options: { signal?: AbortSignal } = {}) {
  return engine.query({ sql, lane: 'result', subject: 'test', maxRows: 10 }, options);
}

async function valueOf(sql: string): Promise<unknown> {
  return tableFromIPC((await query(sql)).ipc)
    .getChildAt(0)
    ?.get(0);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (PikaError.is(error) ? error.code : String(error)),
  );
}

/** Whether a process is there, found without waiting for it. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('starts a process with the first call and answers queries with columns, rows and time', async () => {
  expect(engine.state).toBe('stopped');
  const result = await query("SELECT 42 AS a, 'é' AS b");
  expect(tableFromIPC(result.ipc).toArray().map(String)).toEqual(['{"a": 42, "b": "é"}']);
  expect(result).toMatchObject({
    columns: [
      { name: 'a', type: 'INTEGER' },
      { name: 'b', type: 'VARCHAR' },
    ],
    rowCount: 1,
    isTruncated: false,
  });
  expect(spans.map(({ name, subject }) => [name, subject])).toEqual([['query', 'test']]);
  expect(engine.state).toBe('ready');
});

test('tells when a result had more rows than asked for', async () => {
  expect(await query('FROM range(11)')).toMatchObject({ rowCount: 10, isTruncated: true });
  expect(await query('FROM range(10)')).toMatchObject({ rowCount: 10, isTruncated: false });
});

test('streams a million rows in order and lets go of the stream', async () => {
  let next = 0n;
  for await (const ipc of engine.stream(
    { sql: 'SELECT range AS x FROM range(1000000)', lane: 'result', subject: 's' },
    never,
  )) {
    for (const value of tableFromIPC(ipc).getChildAt(0)?.toArray() as BigInt64Array) if (value === next) next++;
  }
  expect([next, (await engine.stats()).openStreamCount]).toEqual([1_000_000n, 0]);
});

test('answers batches asked for ahead in order, and the end to those beyond it', async () => {
  const { streamId } = await engine.openStream({ sql: 'FROM range(200000)', lane: 'result', subject: 's' });
  const batches = await Promise.all([1, 2, 3].map(() => engine.nextBatch(streamId)));
  expect(batches.map(({ ipc, rowCount }) => [ipc !== null, rowCount])).toEqual([
    [true, 131_072],
    [true, 68_928],
    [false, 200_000],
  ]);
});

test('lets go of a stream that is left half-way, or whose opening is cancelled', async () => {
  const request = { sql: 'FROM range(100000000)', lane: 'result', subject: 's' } as const;
  for await (const ipc of engine.stream(request, never)) {
    expect(ipc.length).toBeGreaterThan(0);
    break;
  }
  const controller = new AbortController();
  const opening = engine.openStream(request, { signal: controller.signal });
  setImmediate(() => controller.abort());
  await codeOf(opening);
  await until(async () => (await engine.stats()).openStreamCount === 0);
});

test('reports a failure in the middle of a stream', async () => {
  const sql = "SELECT CASE WHEN x = 1000000 THEN error('bird flew') ELSE x END AS x FROM range(3000000) t(x)";
  const read = async () => {
    for await (const ipc of engine.stream({ sql, lane: 'result', subject: 's' }, never))
      expect(ipc.length).toBeGreaterThan(0);
  };
  expect(await codeOf(read())).toBe('query-failed');
});

test('cancels at once, and the next query works in the same process', async () => {
  const { pid } = await engine.stats();
  const controller = new AbortController();
  const running = codeOf(query(LONG, { signal: controller.signal }));
  await until(async () => (await engine.stats()).runningCount === 1);
  controller.abort();
  expect(await running).toBe('cancelled');
  await until(async () => (await engine.stats()).runningCount === 0);
  expect([await valueOf('SELECT 1'), (await engine.stats()).pid]).toEqual([1, pid]);
});

test('reports how far an import is', async () => {
  const path = await writeInto(folder, 'big.csv', `i,half,text\n${lines(2_000_000, (i) => `${i},${i / 2},row ${i}`)}`);
  const fractions: number[] = [];
  const onProgress = ({ fraction }: { fraction: number }) => void fractions.push(fraction);
  await engine.importSource({ files: [path], format: 'csv', options: {} }, { onProgress });
  const isGrowing = fractions.every((fraction, i) => fraction > (fractions[i - 1] ?? 0));
  expect([fractions.length > 1, isGrowing, fractions.at(-1)]).toEqual([true, true, 1]);
});

test('rejects what was in flight when the process is killed, and starts another one', async () => {
  const { pid } = await engine.stats();
  const epoch = engine.epoch;
  const running = [codeOf(query(LONG)), codeOf(query(LONG))];
  await until(async () => (await engine.stats()).runningCount === 2);
  process.kill(pid, 'SIGKILL');
  expect(await Promise.all(running)).toEqual(['engine-crashed', 'engine-crashed']);
  expect([await valueOf('SELECT 1'), engine.epoch - epoch]).toEqual([1, 1]);
});

test('gives up after three crashes within a minute, until it is restarted', async () => {
  const states: string[] = [];
  engine.onDidChangeState((state) => states.push(state));
  for (let crash = 0; crash < 3; crash++) {
    const { pid } = await engine.stats();
    process.kill(pid, 'SIGKILL');
    await until(() => engine.state === 'stopped' || engine.state === 'failed');
  }
  expect([await codeOf(query('SELECT 1')), engine.state]).toEqual(['engine-unavailable', 'failed']);
  await engine.restart();
  expect([await valueOf('SELECT 1'), engine.state]).toEqual([1, 'ready']);
  expect(states.slice(0, 4)).toEqual(['starting', 'busy', 'ready', 'stopped']);
});

test('keeps going when crashes are rare', async () => {
  for (let crash = 0; crash < 4; crash++) {
    const { pid } = await engine.stats();
    process.kill(pid, 'SIGKILL');
    await until(() => engine.state === 'stopped');
    clock.nowMs += 31_000;
  }
  expect(await valueOf('SELECT 1')).toBe(1);
});

test('keeps what is not allowed out, and reads it once it is, without disturbing what runs', async () => {
  const elsewhere = await testFolder();
  const path = await writeInto(elsewhere, 'far.csv', 'a,b\n1,x\n');
  const request = { files: [path], format: 'csv', options: {} } as const;
  expect(await codeOf(engine.describeSource(request))).toBe('source-outside');
  expect(await codeOf(query(`FROM read_csv('${path}')`))).toBe('source-outside');
  const { streamId } = await engine.openStream({ sql: 'FROM range(300000)', lane: 'result', subject: 's' });
  const before = (await engine.stats()).pid;
  allowed = [folder, path];
  engine.allow(allowed);
  const source = await engine.describeSource(request);
  expect(await valueOf(`SELECT b FROM ${source.relation}`)).toBe('x');
  const after = (await engine.stats()).pid;
  let last = await engine.nextBatch(streamId);
  while (last.ipc) last = await engine.nextBatch(streamId);
  expect([last.rowCount, before === after]).toEqual([300_000, false]);
  await until(() => !isRunning(before));
  engine.allow(allowed);
  expect((await engine.stats()).pid).toBe(after);
});

test('keeps writing, network and extensions out', async () => {
  const codes = [
    `COPY (SELECT 1) TO '${join(folder, 'x.csv')}'`,
    "SELECT * FROM 'https://example.org/x.csv'",
    "SELECT * FROM read_csv('/etc/passwd')",
    'SET threads = 1',
    'LOAD httpfs',
  ].map((sql) => codeOf(query(sql)));
  expect(await Promise.all(codes)).toEqual([
    'query-refused',
    'query-refused',
    'source-outside',
    'query-refused',
    'query-refused',
  ]);
  expect(existsSync(join(folder, 'x.csv'))).toBe(false);
});

test('reads relative paths from the search path', async () => {
  await writeInto(folder, 'near.csv', 'a,b\n1,x\n');
  engine.dispose();
  const config = () => engineConfig(folder, { searchPath: folder });
  engine = new EngineClient({ enginePath, config, log: () => undefined, tracer: new Tracer(() => undefined) });
  expect(await valueOf("SELECT b FROM 'near.csv'")).toBe('x');
});

test('inspects and describes SQL', async () => {
  expect(await engine.inspectSql('FROM a')).toEqual({
    kind: 'select',
    tables: [{ name: 'a', start: 5, end: 6 }],
    mentions: [],
    isVolatile: false,
  });
  expect(await engine.describeQuery('SELECT 1::DECIMAL(18,3) AS d, {x: 1} AS s')).toEqual([
    { name: 'd', type: 'DECIMAL(18,3)' },
    { name: 's', type: 'STRUCT(x INTEGER)' },
  ]);
  expect(await codeOf(engine.describeQuery('FROM nowhere'))).toBe('query-failed');
});

test('says plainly that a query needs too much memory', async () => {
  engine.dispose();
  const config = () => engineConfig(folder, { memoryLimitBytes: 50_000_000, maxSpillBytes: 1_000_000 });
  engine = new EngineClient({ enginePath, config, log: () => undefined, tracer: new Tracer(() => undefined) });
  const error: unknown = await query(
    'SELECT count(*) FROM (SELECT hash(x) AS h FROM range(20000000) t(x) GROUP BY h)',
  ).catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code: 'query-failed', message: expect.stringContaining('memory') as string });
});

test('ends the process and empties its folder when it is disposed, and finds an empty folder next time', async () => {
  const { pid } = await engine.stats();
  engine.dispose();
  expect(await codeOf(query('SELECT 1'))).toBe('disposed');
  await until(() => !isRunning(pid));
  expect(existsSync(join(folder, '.scratch'))).toBe(true);
  const next = new EngineClient({
    enginePath,
    config: () => engineConfig(folder),
    log: () => undefined,
    tracer: new Tracer(() => undefined),
  });
  await next.stats();
  expect(await readdir(join(folder, '.scratch', '1'))).toContain('scratch.duckdb');
  next.dispose();
});
