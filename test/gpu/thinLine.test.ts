import { FIXED_NULL } from '#common/plot/plotData';
import { describe, expect, test } from 'vitest';
import type { LineRows } from '../../webview/gpu/lineRows.ts';
import { thinLine } from '../../webview/gpu/cpu/thinLine.ts';
import { randomCodes } from './columns.ts';

const N = FIXED_NULL;

function line(y: ArrayLike<number>, series?: ArrayLike<number>): LineRows {
  return {
    x: Uint32Array.from({ length: y.length }, (_, row) => row * 1000),
    y: Uint32Array.from(y),
    series: Uint32Array.from({ length: y.length }, (_, row) => series?.[row] ?? 0),
  };
}

/** The definition, written down again without sharing anything: of each part the row with the largest area. */
function bruteForce({ x, y }: LineRows, most: number): number[] {
  const points = [...x.keys()].map((row) => ({ row, x: x[row] ?? 0, y: y[row] ?? 0 }));
  const inner = points.slice(1, -1);
  const parts = Array.from({ length: most - 2 }, (_, part) => {
    const [from, to] = [part, part + 1].map((end) => Math.floor((end * inner.length) / (most - 2)));
    return inner.slice(from, to);
  });
  const kept = points.slice(0, 1);
  parts.forEach((part, index) => {
    const next = parts[index + 1] ?? points.slice(-1);
    const mean = (pick: (point: { x: number; y: number }) => number) =>
      next.reduce((sum, point) => sum + pick(point), 0) / next.length;
    const [a, c] = [kept.at(-1) ?? { x: 0, y: 0 }, { x: mean((point) => point.x), y: mean((point) => point.y) }];
    const area = (b: { x: number; y: number }) => Math.abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y));
    kept.push(...part.toSorted((b, d) => area(d) - area(b)).slice(0, 1));
  });
  return [...kept, ...points.slice(-1)].map(({ row }) => row);
}

describe('a line is thinned by the largest triangles', () => {
  test.each([10, 57, 333])('to %i rows as the definition says', (most) => {
    const rows = line(randomCodes(2000, most));
    expect(thinLine(rows, most)).toEqual(bruteForce(rows, most));
  });
  test('and keeps a single spike', () => {
    const y = new Uint32Array(10_000).fill(500);
    y[6789] = 4_000_000_000;
    expect(thinLine(line(y), 50)).toContain(6789);
  });
  test.each([
    { name: 'nothing', y: [], most: 10, expected: [] },
    { name: 'one row', y: [7], most: 10, expected: [0] },
    { name: 'only nulls', y: [N, N], most: 10, expected: [] },
    { name: 'fewer rows than may be kept', y: [1, 2, 3], most: 10, expected: [0, 1, 2] },
    { name: 'a gap, which is kept once', y: [1, N, N, 2, 3], most: 10, expected: [0, 1, 3, 4] },
    { name: 'gaps at both ends', y: [N, 1, 2, N], most: 10, expected: [1, 2] },
  ])('of $name', ({ y, most, expected }) => expect(thinLine(line(y), most)).toEqual(expected));
  test('series by series, with the ends of each', () => {
    const rows = line(randomCodes(400, 3), new Uint32Array(400).fill(1, 100));
    const kept = thinLine(rows, 40);
    expect(kept).toEqual(expect.arrayContaining([0, 99, 100, 399]));
    expect(kept.length).toBe(40);
  });
});
