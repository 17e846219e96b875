import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { Tracer } from '#common/base/trace';
import { EngineClient } from '../../../extension/host/engineClient.ts';
import { engineConfig } from '../../support/engineInProcess.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

const enginePath = inject('enginePath');
const LONG = 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 3';
const LARGE_ROWS = 1_500_000;
const never = new AbortController().signal;
let largeCsv: string;
let folder: string;
let engine: EngineClient;

beforeAll(async () => {
  largeCsv = join(await testFolder(), 'large.csv');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(
    `COPY (SELECT range AS i, range / 2 AS half, 'row ' || range AS t FROM range(${LARGE_ROWS})) TO '${largeCsv}'`,
  );
});
beforeEach(async () => {
  folder = await testFolder();
  engine = client(enginePath);
});
afterEach(() => engine.dispose());

function client(path: string): EngineClient {
  const config = () => engineConfig(folder, { allowedPaths: [folder, dirname(largeCsv)] });
  return new EngineClient({ enginePath: path, config, log: () => undefined, tracer: new Tracer(() => undefined) });
}

function query(sql: string) {
  return engine.query({ sql, lane: 'result', subject: 'crash', maxRows: 10 });
}

async function valueOf(sql: string): Promise<unknown> {
  return tableFromIPC((await query(sql)).ipc)
    .getChildAt(0)
    ?.get(0);
}

function importCsv(path: string) {
  return engine.importSource({ files: [path], format: 'csv', options: {} });
}

async function readEndlessStream(): Promise<void> {
  const sql = 'SELECT a.range FROM range(1000000) a, range(1000000) b';
  for await (const ipc of engine.stream({ sql, lane: 'result', subject: 'crash' }, never)) tableFromIPC(ipc);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (PikaError.is(error) ? error.code : String(error)),
  );
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function isImporting(): Promise<boolean> {
  return (await readdir(join(folder, '.cache'))).some((name) => name.includes('.tmp-'));
}

/** What the engine does when it is killed, and when that has begun. */
const ACTIVITIES: readonly [name: string, start: () => Promise<unknown>, hasBegun: () => Promise<boolean>][] = [
  ['a query', () => query(LONG), async () => (await engine.stats()).runningCount > 0],
  ['a stream', readEndlessStream, async () => (await engine.stats()).openStreamCount > 0],
  ['an import', () => importCsv(largeCsv), isImporting],
];

describe.each(['SIGKILL', 'SIGABRT'] as const)('when %s ends the engine', (signal) => {
  test.each(ACTIVITIES)('during %s, it is reported, and what was imported stays', async (_, start, hasBegun) => {
    const source = await importCsv(await writeInto(folder, 'small.csv', 'a,b\n1,x\n2,y\n'));
    const { pid } = await engine.stats();
    const ending = codeOf(start());
    await until(hasBegun);
    process.kill(pid, signal);
    expect(await ending).toBe('engine-crashed');
    expect(await valueOf(`SELECT sum(a)::INTEGER FROM ${source.relation}`)).toBe(3);
    expect((await engine.stats()).pid).not.toBe(pid);
    await until(async () => !(await isImporting()));
    await until(async () => (await readdir(join(folder, '.scratch'))).length === 1);
  });

  test('while it is idle, the next query does not notice', async () => {
    const { pid } = await engine.stats();
    process.kill(pid, signal);
    await until(() => engine.state === 'stopped');
    expect(await valueOf('SELECT 42')).toBe(42);
  });
});

test('a crash settles every call in flight, each once', async () => {
  const { pid } = await engine.stats();
  const settled: string[] = [];
  const calls = [query(LONG), query(LONG), importCsv(largeCsv), readEndlessStream(), query(LONG), query(LONG)];
  const all = Promise.all(calls.map(async (call) => settled.push(await codeOf(call))));
  await until(async () => (await engine.stats()).runningCount > 2);
  process.kill(pid, 'SIGKILL');
  await all;
  expect(settled).toEqual(calls.map(() => 'engine-crashed'));
  expect(await engine.stats()).toMatchObject({ openStreamCount: 0, queuedCount: 0, runningCount: 0 });
});

test('a crash during an import leaves the file as it was, and importing it again works', async () => {
  const { pid } = await engine.stats();
  const first = codeOf(importCsv(largeCsv));
  await until(isImporting);
  process.kill(pid, 'SIGKILL');
  expect(await first).toBe('engine-crashed');
  const source = await importCsv(largeCsv);
  expect([source.access, source.rowCount]).toEqual(['imported', LARGE_ROWS]);
  expect(await valueOf(`SELECT sum(i)::DOUBLE FROM ${source.relation}`)).toBe((LARGE_ROWS * (LARGE_ROWS - 1)) / 2);
});

test.each([
  ['ends at once', 'process.exit(3)'],
  ['aborts', 'process.abort()'],
  ['throws', "throw new Error('no')"],
])('an engine that %s is given up after three attempts, until a restart', async (_, program) => {
  engine.dispose();
  engine = client(await writeInto(folder, 'engine.cjs', program));
  const codes: string[] = [];
  for (let attempt = 0; attempt < 4; attempt++) codes.push(await codeOf(query('SELECT 1')));
  expect(codes).toEqual(['engine-crashed', 'engine-crashed', 'engine-crashed', 'engine-unavailable']);
  expect(engine.state).toBe('failed');
  await engine.restart();
  expect(await codeOf(query('SELECT 1'))).toBe('engine-crashed');
});

test('closing the engine during an import leaves no process and no unfinished file', async () => {
  const { pid } = await engine.stats();
  const ending = codeOf(importCsv(largeCsv));
  await until(isImporting);
  engine.dispose();
  expect(await ending).toBe('disposed');
  await until(() => !isRunning(pid));
  expect(await isImporting()).toBe(false);
  expect(await readdir(join(folder, '.scratch'))).toEqual([]);
});

test('killing the process that owns the engine ends the engine and leaves no unfinished file', async () => {
  const outfile = join(await testFolder(), 'parent.mjs');
  const entry = fileURLToPath(new URL('crashParent.ts', import.meta.url));
  await build({ entryPoints: [entry], bundle: true, format: 'esm', platform: 'node', outfile });
  const parent = spawn(process.execPath, [outfile, enginePath, folder, largeCsv]);
  const [pid] = (await once(parent.stdout, 'data')).map(Number);
  parent.kill('SIGKILL');
  await until(() => !isRunning(pid ?? 0));
  expect(await isImporting()).toBe(false);
  expect(existsSync(join(folder, '.scratch', '1'))).toBe(false);
});
