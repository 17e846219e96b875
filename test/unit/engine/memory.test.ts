import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Tracer } from '#common/base/trace';
import { EngineClient } from '../../../extension/host/engineClient.ts';
import { engineConfig } from '../../support/engineInProcess.ts';
import { testFolder } from '../../support/textFiles.ts';

const MEMORY_LIMIT_BYTES = 512 * 1024 * 1024;
/** The process itself, results on their way, and what DuckDB takes beyond its limit. */
const MEMORY_SLACK_BYTES = 800 * 1024 * 1024;
const MAX_SPILL_BYTES = 8 * 2 ** 30;
/** At 88 bytes a row inside DuckDB, more than the limit; twice that for the join. */
const ROWS = 6_000_000;
const BITS = 23;
/** Odd, so that multiplying by it modulo a power of two visits every number once. */
const STRIDE = 5_637_821;
const never = new AbortController().signal;
let engine: EngineClient;
let pid: number;
let spillFolder: string;

beforeAll(async () => {
  const folder = await testFolder();
  spillFolder = join(folder, '.scratch', '1', 'spill');
  const config = () => engineConfig(folder, { memoryLimitBytes: MEMORY_LIMIT_BYTES, maxSpillBytes: MAX_SPILL_BYTES });
  const enginePath = inject('enginePath');
  engine = new EngineClient({ enginePath, config, log: () => undefined, tracer: new Tracer(() => undefined) });
  ({ pid } = await engine.stats());
});
afterAll(() => engine.dispose());

/** The number of bytes that DuckDB has laid aside on disk. */
async function spilledBytes(): Promise<number> {
  const names = await readdir(spillFolder).catch(() => []);
  const sizes = await Promise.all(names.map((name) => stat(join(spillFolder, name)).catch(() => ({ size: 0 }))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

/** Waits for work that does not fit into memory, and for the files that it needs to go again. */
async function outOfCore<T>(work: Promise<T>): Promise<T> {
  const progress = { isDone: false, mostBytes: 0 };
  const watching = (async () => {
    while (!progress.isDone) progress.mostBytes = Math.max(progress.mostBytes, await spilledBytes());
  })();
  const result = await work.finally(() => (progress.isDone = true));
  await watching;
  expect(progress.mostBytes).toBeGreaterThan(0);
  while ((await spilledBytes()) > 0) await engine.stats();
  const stats = await engine.stats();
  expect(stats.pid).toBe(pid);
  expect(stats.residentBytes).toBeLessThan(MEMORY_LIMIT_BYTES + MEMORY_SLACK_BYTES);
  return result;
}

/** Every number below `ROWS` once, in a scrambled order. */
const SCRAMBLED = `SELECT (range * ${STRIDE}) % ${2 ** BITS} AS id, repeat(md5(range::VARCHAR), 2) AS text FROM range(${2 ** BITS}) WHERE id < ${ROWS}`;

async function readSorted(): Promise<unknown> {
  const request = { sql: `${SCRAMBLED} ORDER BY id`, lane: 'result', subject: 'sort' } as const;
  let next = 0n;
  let isSorted = true;
  for await (const ipc of engine.stream(request, never)) {
    const ids = tableFromIPC(ipc).getChild('id')?.toArray() as BigInt64Array;
    for (const id of ids) isSorted &&= id === next++;
  }
  return { isSorted, rows: next };
}

test('sorts more than memory holds', { timeout: 180_000 }, async () => {
  expect(await outOfCore(readSorted())).toEqual({ isSorted: true, rows: BigInt(ROWS) });
});

test('joins two tables that memory does not hold', { timeout: 180_000 }, async () => {
  const sql = `SELECT count(*)::DOUBLE AS rows, sum(a.id)::DOUBLE AS ids, sum(length(a.text) + length(b.text))::DOUBLE AS characters
    FROM (${SCRAMBLED}) a JOIN (${SCRAMBLED}) b USING (id)`;
  const { ipc } = await outOfCore(engine.query({ sql, lane: 'result', subject: 'join', maxRows: 1 }));
  const [row] = tableFromIPC(ipc).toArray() as Record<string, number>[];
  expect({ ...row }).toEqual({ rows: ROWS, ids: (ROWS * (ROWS - 1)) / 2, characters: ROWS * 128 });
});
