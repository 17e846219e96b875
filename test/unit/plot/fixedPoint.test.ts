import fc from 'fast-check';
import { expect, test } from 'vitest';
import { densityGrid } from '#common/plot/densityGrid';
import { codeOf, edgeCodes, stepOf, valueOf } from '#common/plot/fixedPoint';
import { FIXED_MAX, FIXED_NULL } from '#common/plot/plotData';

function check(name: string, value: number, domain: readonly [number, number], expected: number): void {
  test(name, () => expect(codeOf(value, domain)).toBe(expected));
}

check('the minimum is 0', -5, [-5, 5], 0);
check('the maximum is the largest code', 5, [-5, 5], FIXED_MAX);
check('the middle is half of it', 0, [-5, 5], FIXED_MAX / 2);
check('NaN is null', NaN, [0, 1], FIXED_NULL);
check('a constant column has the code 0', 7, [7, 7], 0);
check('values below take the first code', -1, [0, 1], 0);
check('values above take the last code', 2, [0, 1], FIXED_MAX);
check('the widest domain does not overflow', 0, [-1.7976931348623157e308, 1.7976931348623157e308], FIXED_MAX / 2);
check('the narrowest domain works', 5e-324, [0, 5e-324], FIXED_MAX);

test('codes rise with values, and lead back to them within one step', () => {
  const number = fc.double({ noNaN: true, min: -1e12, max: 1e12 });
  fc.assert(
    fc.property(fc.uniqueArray(number, { minLength: 3, maxLength: 3 }), (values) => {
      const [low = 0, middle = 0, high = 0] = values.toSorted((a, b) => a - b);
      const domain = [low, high] as const;
      const axis = { origin: low, step: stepOf(domain) };
      const code = codeOf(middle, domain);
      expect(code >= 0 && code <= FIXED_MAX).toBe(true);
      const tolerance = 1e-300 + 2 * axis.step + Number.EPSILON * Math.max(Math.abs(low), Math.abs(high)) * 4;
      expect(Math.abs(valueOf(code, axis) - middle)).toBeLessThanOrEqual(tolerance);
    }),
    { numRuns: 2000, seed: 6 },
  );
});

test('edges become thresholds that hold every code', () => {
  expect([...edgeCodes([-1, 0, 5, 10, 12], { domain: [0, 10] })]).toEqual([0, 0, FIXED_MAX / 2, FIXED_MAX, FIXED_NULL]);
  expect([...edgeCodes([1, 10, 100], { domain: [1, 100], scale: 'log' })]).toEqual([0, FIXED_MAX / 2, FIXED_NULL]);
});

test('the grid has power-of-two cells, at most one a pixel', () => {
  const cells = [densityGrid(640, 400), densityGrid(1024, 1023), densityGrid(1, 5000), densityGrid(NaN, 64)];
  expect(cells.map(({ columns, rows, shiftX, shiftY }) => [columns, rows, shiftX, shiftY])).toEqual([
    [512, 256, 23, 24],
    [1024, 512, 22, 23],
    [64, 2048, 26, 21],
    [64, 64, 26, 26],
  ]);
});
