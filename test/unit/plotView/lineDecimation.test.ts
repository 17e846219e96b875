import { FIXED_NULL } from '#common/plot/plotData';
import { describe, expect, test } from 'vitest';
import { decimateLine, type LineRows } from '../../../webview/gpu/cpu/lineDecimation.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const COLUMNS = 100;
const SPAN = 2 ** 32;

function walk(length: number, nullEvery: number): LineRows {
  const random = seededRandom(length);
  const x = Uint32Array.from({ length }, (_, row) => Math.floor((row / length) * SPAN));
  const y = x.map(() => (nullEvery > 0 && random() * nullEvery < 1 ? FIXED_NULL : Math.floor(random() * FIXED_NULL)));
  return { x, y, series: new Uint32Array(length) };
}

/** Lowest and highest code per pixel column. */
function extremes({ x, y }: LineRows, rows: readonly number[]): Map<number, [number, number]> {
  const found = new Map<number, [number, number]>();
  for (const row of rows) {
    const code = y[row] ?? FIXED_NULL;
    if (code === FIXED_NULL) continue;
    const column = Math.floor(((x[row] ?? 0) * COLUMNS) / SPAN);
    const [low, high] = found.get(column) ?? [code, code];
    found.set(column, [Math.min(low, code), Math.max(high, code)]);
  }
  return found;
}

describe('a thinned line', () => {
  test.each([
    { length: 0, nullEvery: 0 },
    { length: 1, nullEvery: 0 },
    { length: 50, nullEvery: 0 },
    { length: 30_000, nullEvery: 0 },
    { length: 30_000, nullEvery: 500 },
    { length: 3_000, nullEvery: 2 },
  ])('of $length rows, one in $nullEvery null, keeps order and every extreme', ({ length, nullEvery }) => {
    const rows = walk(length, nullEvery);
    const kept = decimateLine(rows, COLUMNS);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
    expect(extremes(rows, kept)).toEqual(extremes(rows, Array.from(rows.x.keys())));
    if (nullEvery === 0) expect(kept.length).toBeLessThanOrEqual(4 * COLUMNS);
  });
  test('keeps a gap once and never joins two series', () => {
    const rows = {
      x: Uint32Array.of(0, 1, 2, 3, 4, 5),
      y: Uint32Array.of(9, FIXED_NULL, FIXED_NULL, 9, 9, 9),
      series: Uint32Array.of(0, 0, 0, 0, 1, 1),
    };
    expect(decimateLine(rows, COLUMNS)).toEqual([0, 1, 3, 4, 5]);
  });
});
