import { FIXED_MAX } from '#common/plot/plotData';
import { expect, test } from 'vitest';
import { densityGrid } from '#common/plot/densityGrid';

/** An axis of whole numbers from 0 to `maximum`. */
const whole = (maximum: number) => ({ type: 'BIGINT', step: maximum / FIXED_MAX, scale: 'linear' }) as const;

test.each([1, 2, 3, 5, 100, 2000, 1e9])('every whole number up to %i has a cell of the grid', (maximum) => {
  const { shiftX, columns } = densityGrid(800, 600, whole(maximum), whole(maximum));
  const codes = [0, 0.5, 1].map((share) => Math.round(share * FIXED_MAX));
  const cells = codes.map((code) => code >>> shiftX);
  expect(cells.every((cell) => cell < columns)).toBe(true);
  expect(cells[2]).toBe(columns - 1);
});

test('cells of whole numbers are at least one wide, where two cells or more are left', () => {
  const { columns } = densityGrid(800, 600, whole(100), whole(100));
  expect(columns).toBe(64);
});
