import { existsSync } from 'node:fs';
import { open, readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { Tracer } from '#common/base/trace';
import type { SourceDescription } from '#common/protocol/engineContract';
import { EngineClient } from '../../../extension/host/engineClient.ts';
import { engineConfig } from '../../support/engineInProcess.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { lines, testFolder, writeInto } from '../../support/textFiles.ts';

const enginePath = inject('enginePath');
const ROWS = 60_000;
const SUM = (ROWS * (ROWS - 1)) / 2;
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const HOUR_S = 3600;
const UNBOUNDED = 2 ** 40;
/** An offset in a database's second block, which holds rows. */
const ROWS_AT = 300_000;
const never = new AbortController().signal;
let folder: string;
let started: EngineClient[];

beforeEach(async () => {
  folder = await testFolder();
  started = [];
  for (const name of NAMES) {
    await writeInto(folder, `${name}.csv`, `i,name\n${lines(ROWS, (i) => `${i},${name} ${(i * 7919) % ROWS}`)}`);
  }
});
afterEach(() => {
  for (const engine of started) engine.dispose();
});

/** One more window: an engine process of its own on the same cache. */
function startWindow(cacheMaxBytes = UNBOUNDED): EngineClient {
  const scratchDirectory = join(folder, `.scratch${started.length}`);
  const engine = new EngineClient({
    enginePath,
    config: () => engineConfig(folder, { scratchDirectory, cacheMaxBytes }),
    log: () => undefined,
    tracer: new Tracer(() => undefined),
  });
  started.push(engine);
  return engine;
}

/** Ends a window as a crash would, and waits until its process is gone. */
async function endWindow(engine: EngineClient): Promise<void> {
  const { pid } = await engine.stats();
  engine.dispose();
  while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function importFile(engine: EngineClient, name: string): Promise<SourceDescription> {
  return engine.importSource({ files: [join(folder, `${name}.csv`)], format: 'csv', options: {} });
}

async function sumOf(engine: EngineClient, { relation }: SourceDescription): Promise<number> {
  const sql = `SELECT sum(i)::DOUBLE, count(DISTINCT name) FROM ${relation}`;
  const { ipc } = await engine.query({ sql, lane: 'result', subject: 'test', maxRows: 1 });
  return Number(tableFromIPC(ipc).getChildAt(0)?.get(0));
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (PikaError.is(error) ? error.code : String(error)),
  );
}

function pathOf({ relation }: SourceDescription): string {
  return join(folder, '.cache', `${/pika_(\w{32})/.exec(relation)?.[1] ?? ''}.duckdb`);
}

/** Makes an import look as if it was used last so long ago. */
async function age(source: SourceDescription, hours: number): Promise<void> {
  const time = Date.now() / 1000 - hours * HOUR_S;
  await utimes(pathOf(source), time, time);
}

/** Which of these are in the cache. */
function kept(sources: Readonly<Record<string, SourceDescription>>): string {
  return Object.keys(sources)
    .filter((name) => existsSync(pathOf(sources[name] as SourceDescription)))
    .join(' ');
}

async function fill(engine: EngineClient, names: readonly string[]) {
  const sources: Record<string, SourceDescription> = {};
  for (const name of names) sources[name] = await importFile(engine, name);
  return sources as Readonly<Record<(typeof NAMES)[number], SourceDescription>>;
}

async function bytesOf(source: SourceDescription): Promise<number> {
  return (await stat(pathOf(source))).size;
}

/** Changes rows on the disk: the file can still be attached, for what describes them is whole. */
async function damage(source: SourceDescription): Promise<void> {
  const file = await open(pathOf(source), 'r+');
  await file.write(new Uint8Array(64).fill(0xa5), 0, 64, ROWS_AT);
  await file.close();
}

test('the imports that were not used for the longest time go, when an engine starts and when one is made', async () => {
  const first = startWindow();
  const sources = await fill(first, ['a', 'b', 'c']);
  const oneBytes = await bytesOf(sources.a);
  await endWindow(first);
  await Promise.all([age(sources.a, 2), age(sources.b, 3), age(sources.c, 1)]);
  const second = startWindow(2.5 * oneBytes);
  await second.stats();
  const atStart = kept(sources);
  const { d } = await fill(second, ['d']);
  expect([atStart, kept({ ...sources, d })]).toEqual(['a c', 'c d']);
});

test('using an import again keeps it', async () => {
  const first = startWindow();
  const sources = await fill(first, ['a', 'b']);
  const oneBytes = await bytesOf(sources.a);
  await endWindow(first);
  await Promise.all([age(sources.a, 9), age(sources.b, 2)]);
  const second = startWindow();
  expect(await sumOf(second, sources.a)).toBe(SUM);
  await endWindow(second);
  await startWindow(1.5 * oneBytes).stats();
  expect(kept(sources)).toBe('a');
});

test('what another window has open stays, until that window ends', async () => {
  const first = startWindow();
  const sources = await fill(first, ['a']);
  await age(sources.a, 100);
  const second = startWindow(0);
  const { b } = await fill(second, ['b']);
  expect([kept({ ...sources, b }), await sumOf(first, sources.a), await sumOf(second, b)]).toEqual(['a b', SUM, SUM]);
  await endWindow(first);
  await age(sources.a, 100);
  const { c } = await fill(second, ['c']);
  expect(kept({ ...sources, b, c })).toBe('b c');
});

test('an engine gives up what it has not read for an hour, says so when it is asked for it, and makes it again', async () => {
  const engine = startWindow(0);
  const { a } = await fill(engine, ['a']);
  const epoch = engine.epoch;
  await age(a, 2);
  const { b } = await fill(engine, ['b']);
  expect([kept({ a, b }), await codeOf(sumOf(engine, a))]).toEqual(['b', 'cache-lost']);
  expect(engine.epoch).toBeGreaterThan(epoch);
  expect(await sumOf(engine, await importFile(engine, 'a'))).toBe(SUM);
});

test('clearing removes what nothing uses, frees its bytes and leaves other windows alone', async () => {
  const first = startWindow();
  const second = startWindow();
  const { a } = await fill(first, ['a']);
  const { b, c } = await fill(second, ['b', 'c']);
  const expected = (await bytesOf(b)) + (await bytesOf(c));
  expect(await second.clearCache()).toEqual({ freedBytes: expected });
  expect([kept({ a, b, c }), await sumOf(first, a), await codeOf(sumOf(second, b))]).toEqual(['a', SUM, 'cache-lost']);
  expect(await sumOf(second, await importFile(second, 'b'))).toBe(SUM);
});

test('clearing leaves what is being read', async () => {
  const engine = startWindow();
  const { a } = await fill(engine, ['a']);
  const sql = `SELECT x.i FROM ${a.relation} x, range(10)`;
  let rowCount = 0;
  for await (const ipc of engine.stream({ sql, lane: 'result', subject: 'test' }, never)) {
    if (rowCount === 0) expect(await engine.clearCache()).toEqual({ freedBytes: 0 });
    rowCount += tableFromIPC(ipc).numRows;
  }
  expect([rowCount, kept({ a })]).toEqual([ROWS * 10, 'a']);
});

for (const way of ['query', 'stream'] as const) {
  test(`a damaged import is found by a ${way}, removed and made again`, async () => {
    const first = startWindow();
    const { a } = await fill(first, ['a']);
    await endWindow(first);
    await damage(a);
    const second = startWindow();
    const read = async () => {
      if (way === 'query') return sumOf(second, a);
      const request = { sql: `FROM ${a.relation}`, lane: 'result', subject: 'test' } as const;
      for await (const ipc of second.stream(request, never)) expect(ipc.byteLength).toBeGreaterThan(0);
      return null;
    };
    expect([await codeOf(read()), kept({ a })]).toEqual(['cache-lost', '']);
    expect(await sumOf(second, await importFile(second, 'a'))).toBe(SUM);
  });
}

test('an import that lost its end is made again', async () => {
  const first = startWindow();
  const { a } = await fill(first, ['a']);
  await endWindow(first);
  const file = await open(pathOf(a), 'r+');
  await file.truncate(Math.floor((await file.stat()).size / 2));
  await file.close();
  const second = startWindow();
  expect(await sumOf(second, await importFile(second, 'a'))).toBe(SUM);
});

test('two windows that keep pushing out what the other has just left get every answer right', async () => {
  const windows = [startWindow(0), startWindow(0)];
  const random = seededRandom(11);
  const work = windows.map(async (engine) => {
    const sums: number[] = [];
    for (let turn = 0; turn < 20; turn++) {
      const source = await importFile(engine, NAMES[Math.floor(random() * NAMES.length)] ?? 'a');
      sums.push(await sumOf(engine, source));
      if (random() < 0.4) await engine.clearCache();
    }
    return sums;
  });
  expect(new Set((await Promise.all(work)).flat())).toEqual(new Set([SUM]));
  const names = await readdir(join(folder, '.cache'));
  expect(names.filter((name) => name.includes('.tmp-'))).toEqual([]);
});
