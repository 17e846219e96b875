import { beforeEach, expect, test } from 'vitest';
import type { JobPlace } from '../../../extension/engine/scheduler.ts';
import { keepRows } from '../../../extension/engine/run/keptRows.ts';
import { importPlace } from '../../../extension/engine/sources/importPlace.ts';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

const never = new AbortController().signal;
const MEGABYTE = 1024 * 1024;
const LONG = 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 3';
let folder: string;
let engine: EngineInProcess;

beforeEach(async () => {
  folder = await testFolder();
  engine = await EngineInProcess.open(folder);
});

function keep(name: string, sql: string, signal = never): Promise<null> {
  const request = { sql, name, lane: 'result', subject: 'test' } as const;
  return keepRows(engine.engine.services, request, { signal, report: () => undefined });
}

function placeOf(...files: readonly (readonly [path: string, megabytes: number])[]): JobPlace {
  return importPlace({
    files: files.map(([path, megabytes]) => ({ path, byteLength: megabytes * MEGABYTE, modifiedMs: 0 })),
  });
}

async function untilRunning(count: number): Promise<void> {
  while (engine.engine.stats().runningCount < count) await new Promise((resolve) => setImmediate(resolve));
}

test('rows that are kept anew wait until the writer before them has ended, which DuckDB would take for a conflict', async () => {
  for (let round = 0; round < 8; round++) {
    const older = keep('rows', LONG).catch((error: unknown) => error);
    await untilRunning(1);
    await keep('rows', `SELECT ${round} AS round`);
    expect(await older).toMatchObject({ code: 'cancelled' });
    expect(await engine.rows('FROM rows')).toEqual([[round]]);
  }
});

test('rows kept under another name pass a long one', async () => {
  const controller = new AbortController();
  const long = keep('long', LONG, controller.signal).catch((error: unknown) => error);
  await untilRunning(1);
  await keep('short', 'SELECT 1 AS one');
  expect([await engine.rows('FROM short'), engine.engine.stats().runningCount]).toEqual([[[1]], 1]);
  controller.abort();
  expect(await long).toMatchObject({ code: 'cancelled' });
});

test('large imports have one writer, whatever they are made of; small ones and packed ones that stay small have none', () => {
  const large = placeOf(['a.csv', 300]);
  expect(large.writes).toBeTypeOf('string');
  expect([placeOf(['a.csv', 200], ['b.csv', 100]), placeOf(['b.csv.gz', 80])]).toEqual([large, large]);
  expect([placeOf(['a.csv', 200]), placeOf(['a.csv.zst', 50])]).toEqual(Array(2).fill({ lane: 'background' }));
});

test('a small file is imported while large imports wait for one another', async () => {
  const { scheduler } = engine.engine.services;
  const ending = Promise.withResolvers<null>();
  const large = placeOf(['large.csv', 300]);
  const running = scheduler.run(() => ending.promise, large, never);
  const waiting = scheduler.run(() => Promise.resolve('second'), large, never);
  const { rowCount } = await engine.import(await writeInto(folder, 'small.csv', 'a\n1\n2\n'));
  expect([rowCount, engine.engine.stats()]).toMatchObject([2, { runningCount: 1, queuedCount: 1 }]);
  ending.resolve(null);
  expect([await running, await waiting]).toEqual([null, 'second']);
});
