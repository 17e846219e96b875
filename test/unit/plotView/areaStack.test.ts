import { describe, expect, test } from 'vitest';
import { areaStack, type AreaPart } from '../../../webview/plot/groups/areaStack.ts';
import { seededRandom } from '../../support/seededRandom.ts';

/** What every series covers at a position between places, by its parts; heights of nothing are left out. */
function coveredAt(parts: readonly AreaPart[], at: number): readonly (readonly [series: number, number, number])[] {
  return parts.flatMap(({ series, points }) =>
    points.slice(1).flatMap((end, index) => {
      const start = points[index];
      if (!start || at < start.place || at >= end.place) return [];
      const share = (at - start.place) / (end.place - start.place);
      const between = (key: 'from' | 'to') => start[key] + (end[key] - start[key]) * share;
      const [from, to] = [between('from'), between('to')];
      return Math.abs(to - from) < 1e-12 ? [] : [[series, from, to] as const];
    }),
  );
}

describe('areas on top of each other', () => {
  const random = seededRandom(8);
  const places = [0, 1, 3, 4, 4.5, 9];
  const rows = Array.from({ length: 5 }, () => places.map(() => Math.round((random() - 0.5) * 20)));
  const parts = areaStack(rows, places, false);

  test('cover between places what the values there do, each side from zero outwards', () => {
    for (let at = 0.013; at < 9; at += 0.0371) {
      const next = places.findIndex((place) => place > at);
      const [start = 0, end = 0] = [places[next - 1], places[next]];
      const share = (at - start) / (end - start);
      let [top, bottom] = [0, 0];
      const expected = rows.map((row, series) => {
        const value = (row[next - 1] ?? 0) * (1 - share) + (row[next] ?? 0) * share;
        const from = value > 0 ? top : bottom;
        if (value > 0) top += value;
        else bottom += value;
        return [series, from, from + value] as const;
      });
      const covered = coveredAt(parts, at);
      expect(covered.map(([series]) => series)).toEqual(expected.map(([series]) => series));
      const gaps = covered.flatMap(([, from, to], index) => [
        Math.abs(from - (expected[index]?.[1] ?? NaN)),
        Math.abs(to - (expected[index]?.[2] ?? NaN)),
      ]);
      expect(Math.max(...gaps)).toBeLessThan(1e-9);
    }
  });
  test('are one part each where no value is below zero, also over places without any', () => {
    const above = areaStack(
      [
        [1, 0, 2],
        [0, 0, 3],
      ],
      [0, 1, 2],
      false,
    );
    expect(above.map(({ series, points }) => [series, points.map(({ from, to }) => [from, to])])).toEqual([
      [
        0,
        [
          [0, 1],
          [0, 0],
          [0, 2],
        ],
      ],
      [
        1,
        [
          [1, 1],
          [0, 0],
          [2, 5],
        ],
      ],
    ]);
  });
  test('are shares of all sizes at a place where they are normalized', () => {
    const shares = areaStack(
      [
        [1, 3],
        [-3, -1],
      ],
      [0, 1],
      true,
    );
    expect(shares.map(({ points }) => points.map(({ to }) => to))).toEqual([
      [0.25, 0.75],
      [-0.75, -0.25],
    ]);
  });
});
