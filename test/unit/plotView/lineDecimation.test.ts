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

describe('a line thinned to a window', () => {
  const lines = walk(20_000, 50);
  const shown = { low: 0.31 * SPAN, high: 0.34 * SPAN };
  const columnOf = (row: number) =>
    Math.floor((((lines.x[row] ?? 0) - shown.low) * COLUMNS) / (shown.high - shown.low));
  const isShown = (row: number) => columnOf(row) >= 0 && columnOf(row) < COLUMNS;
  const kept = decimateLine(lines, COLUMNS, shown);

  test('keeps the extremes of every column of the window', () => {
    const all = Array.from(lines.x.keys());
    const extremesIn = (rows: readonly number[]) => {
      const found = new Map<number, [number, number]>();
      for (const row of rows.filter((each) => isShown(each) && lines.y[each] !== FIXED_NULL)) {
        const code = lines.y[row] ?? 0;
        const [low, high] = found.get(columnOf(row)) ?? [code, code];
        found.set(columnOf(row), [Math.min(low, code), Math.max(high, code)]);
      }
      return found;
    };
    expect(extremesIn(kept)).toEqual(extremesIn(all));
  });
  test('keeps the neighbours that lines enter and leave it by, and few others', () => {
    const rows = Array.from(lines.x.keys()).filter(isShown);
    const [first = 0, last = 0] = [rows[0], rows.at(-1)];
    const gapsOutside = kept.filter((row) => !isShown(row) && lines.y[row] === FIXED_NULL).length;
    expect(kept).toContain(first - 1);
    expect(kept).toContain(last + 1);
    expect(kept.filter((row) => !isShown(row)).length).toBeLessThanOrEqual(5 * (gapsOutside + 2));
  });
});

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
