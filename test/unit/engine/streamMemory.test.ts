import { tableFromIPC, type Table } from 'apache-arrow';
import { expect, test } from 'vitest';
import type { ByteRun } from '#common/protocol/detachedBytes';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { testFolder } from '../../support/textFiles.ts';

const never = new AbortController().signal;
const ROWS = 300_000;
/** Of each batch every so-manieth row is looked at; prime, so that all places inside DuckDB's chunks come up. */
const STEP = 61;
/** Every column says which row it belongs to, and batches differ in their NULLs. */
const SQL = `SELECT range AS i,
    CASE WHEN range < 150000 OR range % 3 > 0 THEN range * 0.5 END::DOUBLE AS half,
    CASE WHEN range >= 150000 THEN repeat('long text ', 3) || range ELSE range::VARCHAR END AS text,
    CASE WHEN range % 7 > 0 THEN [range, range + 1] END AS list,
    {'n': range::DECIMAL(12, 2), 'even': range % 2 = 0} AS nested,
    [range, range]::BIGINT[2] AS pair
  FROM range(${ROWS})`;

async function readAll(sql: string): Promise<readonly Table[]> {
  const { engine } = await EngineInProcess.open(await testFolder());
  const request = { sql, lane: 'result', subject: 'test' } as const;
  const { streamId } = await engine.streams.open(request, { signal: never, report: () => undefined });
  const parts: Uint8Array[] = [];
  for (
    let next = await engine.streams.next(streamId, never);
    next.ipc;
    next = await engine.streams.next(streamId, never)
  ) {
    parts.push(sent(next.ipc));
  }
  return parts.map((ipc) => tableFromIPC(ipc));
}

/** What arrives at the host: a copy, after which the memory may be written over. */
function sent({ pieces, release }: ByteRun): Uint8Array {
  const bytes = Buffer.concat(pieces);
  release();
  return bytes;
}

function expectedRow(i: number): string {
  const half = i < 150_000 || i % 3 > 0 ? i / 2 : null;
  const text = i >= 150_000 ? `long text long text long text ${i}` : String(i);
  const list = i % 7 > 0 ? [i, i + 1] : null;
  return JSON.stringify([i, half, text, list, { n: [i * 100, 0, 0, 0], even: i % 2 === 0 }, [i, i]]);
}

test('a batch keeps its rows while those after it are built in the same memory', async () => {
  const tables = await readAll(SQL);
  const numbers = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
  const wrong: unknown[] = [];
  let rowCount = 0;
  for (const table of tables) {
    for (let place = 0; place < table.numRows; place += STEP) {
      const row = table.get(place) as Record<string, unknown>;
      const { n, even } = row['nested'] as { n: Uint32Array; even: boolean };
      const list = row['list'] as Iterable<bigint> | null;
      const pair = [...(row['pair'] as Iterable<bigint>)];
      const cells = [row['i'], row['half'], row['text'], list && [...list], { n: [...n], even }, pair];
      const text = JSON.stringify(cells, numbers);
      if (text !== expectedRow(rowCount + place)) wrong.push([rowCount + place, text]);
    }
    rowCount += table.numRows;
  }
  expect([tables.length > 2, rowCount, wrong.slice(0, 3)]).toEqual([true, ROWS, []]);
});
