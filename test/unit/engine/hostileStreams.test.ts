import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { BATCH_ROWS } from '#common/base/limits';
import { Tracer } from '#common/base/trace';
import { EngineClient } from '../../../extension/host/engineClient.ts';
import { engineConfig } from '../../support/engineInProcess.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { testFolder } from '../../support/textFiles.ts';

const ROWS = 1_000_000;
const ENDLESS = 'SELECT a.range FROM range(1000000) a, range(1000000) b';
const never = new AbortController().signal;
let engine: EngineClient;

beforeAll(async () => {
  const folder = await testFolder();
  const enginePath = inject('enginePath');
  const config = () => engineConfig(folder);
  engine = new EngineClient({ enginePath, config, log: () => undefined, tracer: new Tracer(() => undefined) });
});
afterAll(() => engine.dispose());

function request(sql: string) {
  return { sql, lane: 'result', subject: 'stream' } as const;
}

/** Rows of a stream up to its end. */
async function countRows(sql: string, signal = never): Promise<number> {
  let count = 0;
  for await (const ipc of engine.stream(request(sql), signal)) count += tableFromIPC(ipc).numRows;
  return count;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    (value) => `done: ${String(value)}`,
    (error: unknown) => (PikaError.is(error) ? error.code : String(error)),
  );
}

async function untilFree(): Promise<void> {
  for (;;) {
    const { openStreamCount, runningCount, queuedCount } = await engine.stats();
    if (openStreamCount + runningCount + queuedCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('never ends like a whole result when it fails', () => {
  const places = [0, 1, 2047, 2048, BATCH_ROWS - 1, BATCH_ROWS, 5 * BATCH_ROWS + 7, ROWS - 1];
  test.each(places)('at row %d', async (row) => {
    const sql = `SELECT CASE WHEN range = ${row} THEN error('here') ELSE range END FROM range(${ROWS})`;
    expect(await codeOf(countRows(sql))).toBe('query-failed');
    await untilFree();
  });

  test.each([
    ['in a conversion', `SELECT (CASE WHEN range = 700000 THEN 'x' ELSE '1' END)::INTEGER FROM range(${ROWS})`],
    ['in arithmetic', `SELECT (range + 9223372036854075807)::BIGINT + 1 FROM range(${ROWS})`],
    ['in a filter', `FROM range(${ROWS}) t(x) WHERE CASE WHEN x = 900000 THEN error('here') ELSE true END`],
    ['in a sort', `FROM range(${ROWS}) t(x) ORDER BY CASE WHEN x = 900000 THEN error('here') ELSE -x END`],
    [
      'in a join',
      `FROM range(${ROWS}) a JOIN range(${ROWS}) b ON a.range = CASE WHEN b.range = 9 THEN error('here') ELSE b.range END`,
    ],
    ['in a subquery', "SELECT range, (SELECT error('here') WHERE range = 800000) FROM range(1000000)"],
  ])('%s', async (_, sql) => {
    expect(await codeOf(countRows(sql))).toBe('query-failed');
    await untilFree();
  });

  test('and gives every row of those that do not', async () => {
    expect(await countRows(`FROM range(${ROWS})`)).toBe(ROWS);
  });
});

describe('when it is cancelled', () => {
  test.each([0, 1, 2, 5])('after %d batches, says so and is released', async (batches) => {
    const controller = new AbortController();
    const read = async () => {
      let count = 0;
      if (count === batches) setImmediate(() => controller.abort());
      for await (const ipc of engine.stream(request(ENDLESS), controller.signal)) {
        expect(tableFromIPC(ipc).numRows).toBeGreaterThan(0);
        if (++count === batches) controller.abort();
      }
    };
    expect(await codeOf(read())).toBe('cancelled');
    await untilFree();
  });

  test('before its first row, says so and is released', async () => {
    const controller = new AbortController();
    const sorting = codeOf(countRows('FROM range(300000000) t(x) ORDER BY hash(x)', controller.signal));
    while ((await engine.stats()).runningCount === 0) await Promise.resolve();
    controller.abort();
    expect(await sorting).toBe('cancelled');
    await untilFree();
  });

  test('by a newer one of the same key, says so', async () => {
    const options = {
      ...request('SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a, b) = 3'),
      latestKey: 'k',
    };
    const older = codeOf(engine.openStream(options));
    while ((await engine.stats()).runningCount === 0) await Promise.resolve();
    const newer = await engine.openStream({ ...request('SELECT 1'), latestKey: 'k' });
    expect(await older).toBe('cancelled');
    await engine.closeStream(newer.streamId);
    await untilFree();
  });
});

test('closing a stream settles the batches that were asked of it', async () => {
  const { streamId } = await engine.openStream(request(ENDLESS));
  const asked = Promise.all(Array.from({ length: 20 }, () => codeOf(engine.nextBatch(streamId))));
  await engine.closeStream(streamId);
  expect((await asked).at(-1)).toBe('cancelled');
  await untilFree();
});

test('a hundred streams that are left anywhere leave nothing behind', async () => {
  const random = seededRandom(7);
  const leave = async () => {
    const wanted = Math.floor(random() * 3);
    const { streamId } = await engine.openStream(request(ENDLESS));
    for (let count = 0; count < wanted; count++) await engine.nextBatch(streamId);
    await engine.closeStream(streamId);
  };
  for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 5 }, leave));
  await untilFree();
  expect(await countRows('FROM range(10)')).toBe(10);
});
