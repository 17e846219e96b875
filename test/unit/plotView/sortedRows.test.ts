import { describe, expect, test } from 'vitest';
import { FIXED_NULL } from '#common/plot/plotData';
import type { CellGrid } from '#common/plot/cellGrid';
import { CountedJob } from '../../../webview/gpu/cpu/countedJob.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const ROWS = 30_011;

type Codes = Uint32Array<ArrayBuffer>;

const random = seededRandom(11);
const uniform = () => Uint32Array.from({ length: ROWS }, () => random() * 2 ** 32);
const hostile: Readonly<Record<string, readonly [x: Codes, y: Codes]>> = {
  uniform: [uniform(), uniform()],
  'with nulls and both ends': [
    Uint32Array.from({ length: ROWS }, (_, row) => [0, FIXED_NULL, FIXED_NULL - 1, random() * 2 ** 32][row % 4] ?? 0),
    Uint32Array.from({ length: ROWS }, (_, row) => [FIXED_NULL - 1, 0, FIXED_NULL][row % 3] ?? 0),
  ],
  'all in one cell': [new Uint32Array(ROWS).fill(2 ** 31), new Uint32Array(ROWS).fill(7)],
  'on the edges of cells': [
    Uint32Array.from({ length: ROWS }, (_, row) => (row % 4096) * 2 ** 20 - (row % 2)),
    Uint32Array.from({ length: ROWS }, (_, row) => (row % 257) * 2 ** 24 - (row % 3)),
  ],
  'no rows': [new Uint32Array(0), new Uint32Array(0)],
};
const grids: Readonly<Record<string, CellGrid>> = {
  whole: { shiftX: 22, shiftY: 23, columns: 1024, rows: 512 },
  'a window': { shiftX: 20, shiftY: 21, columns: 300, rows: 200, firstColumn: 1000, firstRow: 900 },
  'the last cells': { shiftX: 19, shiftY: 19, columns: 64, rows: 64, firstColumn: 8128, firstRow: 8128 },
  'the finest cells': { shiftX: 0, shiftY: 0, columns: 100, rows: 100, firstColumn: 2 ** 31 - 50, firstRow: 0 },
};

/** Cells counted one by one, by division instead of shifts. */
function bruteForce([x, y]: readonly [Codes, Codes], grid: CellGrid): Codes {
  const counts = new Uint32Array(grid.columns * grid.rows);
  x.forEach((codeX, index) => {
    const codeY = y[index] ?? FIXED_NULL;
    const column = Math.floor(codeX / 2 ** grid.shiftX) - (grid.firstColumn ?? 0);
    const row = Math.floor(codeY / 2 ** grid.shiftY) - (grid.firstRow ?? 0);
    const isInside = column >= 0 && row >= 0 && column < grid.columns && row < grid.rows;
    if (codeX === FIXED_NULL || codeY === FIXED_NULL || !isInside) return;
    counts[row * grid.columns + column] = (counts[row * grid.columns + column] ?? 0) + 1;
  });
  return counts;
}

describe.each(Object.keys(hostile))('rows that are %s', (name) => {
  const columns = hostile[name] ?? [new Uint32Array(0), new Uint32Array(0)];

  test.each(Object.keys(grids))('are counted alike before, while and after they are sorted: %s', (gridName) => {
    const grid = grids[gridName];
    if (!grid) throw new Error(`no grid ${gridName}`);
    const job = new CountedJob({ kind: 'density', grid });
    const part = (first: number, end: number) => columns.map((codes) => codes.slice(first, end));
    const expected = bruteForce(columns, grid);
    const seen: Codes[] = [];
    job.append(part(0, 10_000));
    while (job.sortMore());
    job.append(part(10_000, ROWS));
    seen.push(job.result.counts);
    job.recount({ kind: 'density', grid });
    seen.push(job.result.counts);
    while (job.sortMore());
    job.recount({ kind: 'density', grid });
    seen.push(job.result.counts);
    expect(seen.map((counts) => counts.findIndex((count, cell) => count !== expected[cell]))).toEqual([-1, -1, -1]);
  });

  test('are found by a window, each of them once', () => {
    const job = new CountedJob({ kind: 'density', grid: { shiftX: 22, shiftY: 23, columns: 1024, rows: 512 } });
    job.append(columns.map((codes) => codes.slice()));
    const window = { x: { low: 2 ** 20, high: 2 ** 31 }, y: { low: 0, high: 2 ** 30 + 0.5 } };
    const found = job.rowsWithin(window).flatMap(([x, y]) => Array.from(x, (code, row) => `${code} ${y[row] ?? ''}`));
    const [allX, allY] = columns;
    const expected = Array.from(allX, (code, row) => [code, allY[row] ?? 0] as const)
      .filter(([x, y]) => x >= window.x.low && x <= window.x.high && y <= window.y.high)
      .map(([x, y]) => `${x} ${y}`);
    expect(found.sort()).toEqual(expected.sort());
  });
});
