import { expect, test } from 'vitest';
import { densityGrid, finestShift } from '#common/plot/densityGrid';
import { evenValues } from '#common/plot/evenValues';
import { codeDomain, codeOf } from '#common/plot/fixedPoint';
import { addDensity } from '../../../webview/gpu/cpu/density.ts';

const WIDTH_PX = 700;
const HEIGHT_PX = 64;

/** Rows per column of cells that hold a value, of one row for each of the values from a first one on. */
function countsOf({ first, unit, count }: { first: number; unit: number; count: number }, shift?: number): number[] {
  const domain = [first, first + (count - 1) * unit] as const;
  const even = evenValues(domain, unit);
  if (!even) throw new Error('not even');
  const grid = densityGrid(WIDTH_PX, HEIGHT_PX, { even });
  const shiftX = shift ?? grid.shiftX;
  const columns = 2 ** (32 - shiftX);
  const codes = Uint32Array.from({ length: count }, (_, index) =>
    codeOf(first + index * unit, codeDomain({ domain, even })),
  );
  const counts = new Uint32Array(columns * grid.rows);
  addDensity(codes, new Uint32Array(count), { ...grid, shiftX, columns }, counts);
  const used = counts.subarray(0, columns);
  return [...used.subarray(0, used.findLastIndex((each) => each > 0) + 1)];
}

const DAY_MS = 86_400_000;
const CASES = [
  { first: 0, unit: 1, count: 2 },
  { first: -3, unit: 1, count: 5 },
  { first: 31, unit: 1, count: 350 },
  { first: -1306, unit: 1, count: 512 },
  { first: 0, unit: 1, count: 1000 },
  { first: 2 ** 49, unit: 1, count: 70_000 },
  { first: 1e12, unit: 5, count: 1_234_568 },
  { first: 0.1, unit: 0.01, count: 1536 },
  { first: -20 * DAY_MS, unit: DAY_MS, count: 5000 },
];

test.each(CASES)('cells of $count values of $unit from $first on hold equally many of them', (values) => {
  const counts = countsOf(values);
  const last = counts.pop() ?? 0;
  const most = Math.max(...counts, last);
  expect(counts.every((count) => count === most)).toBe(true);
  // Where cells hold several values, the last one may end beyond the maximum.
  expect(last).toBe(values.count % most || most);
  expect(counts.length + 1).toBeLessThanOrEqual(WIDTH_PX);
  expect(counts.length + 1).toBeGreaterThanOrEqual(Math.min(values.count, WIDTH_PX / 2));
});

test('cells of every power of two down to one value hold equally many', () => {
  const even = evenValues([7, 4006], 1);
  if (!even) throw new Error('not even');
  const finest = finestShift({ even });
  for (let more = 0; more <= 5; more += 1) {
    expect(new Set(countsOf({ first: 7, unit: 1, count: 4000 }, finest + more))).toEqual(new Set([2 ** more]));
  }
});

test.each([
  { name: 'one value', domain: [5, 5], unit: 1 },
  { name: 'no unit', domain: [0, 10], unit: 0 },
  { name: 'more values than codes can tell evenly', domain: [0, 2 ** 30], unit: 1 },
  { name: 'values that doubles cannot halve', domain: [2 ** 53, 2 ** 53 + 100], unit: 1 },
  { name: 'a range beyond the largest double', domain: [-1e308, 1e308], unit: 1 },
] as const)('$name cannot be even', ({ domain, unit }) => expect(evenValues(domain, unit)).toBeNull());

test.each([1, 64, 700, 2048, 1e6, NaN])('a plot %i pixels wide has at most a cell a pixel, 64 to 2048', (widthPx) => {
  const { columns, shiftX } = densityGrid(widthPx, HEIGHT_PX);
  const most = Math.min(2048, Math.max(64, widthPx || 64));
  expect([columns, columns <= most, columns > most / 2]).toEqual([2 ** (32 - shiftX), true, true]);
});
