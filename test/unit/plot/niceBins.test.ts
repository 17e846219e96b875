import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logBins, niceBins, stepBins } from '#common/plot/niceBins';
import { timeBins } from '#common/plot/timeBins';

type Domain = readonly [number, number];

function check(domain: Domain, maxBins: number, isInteger: boolean, expected: readonly number[]): void {
  const kind = isInteger ? 'whole numbers' : 'numbers';
  test(`${kind} from ${domain[0]} to ${domain[1]} in at most ${maxBins} bins`, () => {
    expect(niceBins(domain, maxBins, isInteger)).toEqual(expected);
  });
}

const steps = (first: number, last: number, step: number) =>
  Array.from({ length: Math.round((last - first) / step) + 1 }, (_, index) => first + index * step);

describe('the steps are those of Vega', () => {
  check([0, 100], 10, false, steps(0, 100, 10));
  check([0, 100], 20, false, steps(0, 100, 5));
  check([1.2, 8.7], 10, false, steps(1, 9, 1));
  check([-0.7, 0.7], 10, false, [-0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8]);
  check([0, 1], 5, false, [0, 0.2, 0.4, 0.6, 0.8, 1]);
  check([0.1, 0.3], 10, false, [0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.22, 0.24, 0.26, 0.28, 0.3]);
  check([9, 46.6], 10, false, steps(5, 50, 5));
  check([1613, 5140], 10, false, steps(1500, 5500, 500));
  check([0, 1_500_000], 4, false, steps(0, 1_500_000, 500_000));
});

describe('whole numbers get whole steps and equal bins', () => {
  check([0, 9], 50, true, steps(0, 10, 1));
  check([3, 8], 10, true, steps(3, 9, 1));
  check([1955, 2005], 10, true, steps(1955, 2010, 5));
  check([0, 100], 10, true, steps(0, 110, 10));
  check([-5, -1], 3, true, steps(-6, 0, 2));
});

describe('one value gives one bin around it', () => {
  check([7, 7], 10, false, [6.5, 7.5]);
  check([7, 7], 10, true, [7, 8]);
  check([0, 0], 10, false, [-0.5, 0.5]);
  check([2 ** 60, 2 ** 60], 10, true, [2 ** 60 - 2 ** 40, 2 ** 60 + 2 ** 40]);
});

test('any domain gets ascending edges around it, and no more bins than asked for but the outer two', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(number, number, fc.integer({ min: 1, max: 200 }), fc.boolean(), (a, b, maxBins, isInteger) => {
      const [low, high] = isInteger
        ? [Math.trunc(Math.min(a, b)), Math.trunc(Math.max(a, b))]
        : [Math.min(a, b), Math.max(a, b)];
      const edges = niceBins([low, high], maxBins, isInteger);
      expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? edge))).toBe(true);
      expect((edges[0] ?? NaN) <= low && (edges.at(-1) ?? NaN) >= high).toBe(true);
      expect(edges.length - 1).toBeLessThanOrEqual(maxBins + 2);
    }),
    { numRuns: 3000, seed: 8 },
  );
});

test('a given step is taken, unless it makes too many bins', () => {
  expect([stepBins([0, 10], 2.5, false), stepBins([0, 10], 3, true), stepBins([0, 1], 1e-6, false)]).toEqual([
    [0, 2.5, 5, 7.5, 10],
    [0, 3, 6, 9, 12],
    null,
  ]);
});

test('a logarithmic axis has its edges on powers of ten', () => {
  expect([logBins([1, 1000], 3), logBins([0.02, 50], 5), logBins([8, 8], 5)]).toEqual([
    [1, 10, 100, 1000],
    [0.01, 0.1, 1, 10, 100],
    [4, 16],
  ]);
});

const utc = (...date: [year: number, month: number, day?: number, hour?: number, minute?: number, second?: number]) =>
  Date.UTC(date[0], date[1] - 1, date[2] ?? 1, date[3] ?? 0, date[4] ?? 0, date[5] ?? 0);

function checkTime(name: string, domain: Domain, maxBins: number, expected: readonly number[]): void {
  test(name, () => expect(timeBins(domain, maxBins)).toEqual(expected));
}

describe('times are binned on the clock and the calendar', () => {
  checkTime(
    'by quarter of an hour',
    [utc(2020, 5, 1, 10, 7), utc(2020, 5, 1, 11, 0)],
    4,
    [0, 15, 30, 45, 60, 75].map((minute) => utc(2020, 5, 1, 10, minute)),
  );
  checkTime('by day, the last one whole', [utc(2020, 2, 27, 5), utc(2020, 3, 2)], 6, [
    utc(2020, 2, 27),
    utc(2020, 2, 28),
    utc(2020, 2, 29),
    utc(2020, 3, 1),
    utc(2020, 3, 2),
    utc(2020, 3, 3),
  ]);
  checkTime('by week, from Monday', [utc(2024, 1, 3), utc(2024, 1, 20)], 3, [
    utc(2024, 1, 1),
    utc(2024, 1, 8),
    utc(2024, 1, 15),
    utc(2024, 1, 22),
  ]);
  checkTime('by month', [utc(2020, 11, 15), utc(2021, 2, 10)], 4, [
    utc(2020, 11),
    utc(2020, 12),
    utc(2021, 1),
    utc(2021, 2),
    utc(2021, 3),
  ]);
  checkTime('by decade, before 1970 too', [utc(1951, 3), utc(1978, 6)], 3, [
    utc(1950, 1),
    utc(1960, 1),
    utc(1970, 1),
    utc(1980, 1),
  ]);
  checkTime('by second across 1970', [-1500, 1500], 3, [-2000, -1000, 0, 1000, 2000]);
  checkTime('below a millisecond by decimals', [0, 0.01], 5, [0, 0.002, 0.004, 0.006, 0.008, 0.01]);
  checkTime('one moment gives its day', [utc(2020, 1, 1, 12), utc(2020, 1, 1, 12)], 9, [
    utc(2020, 1, 1),
    utc(2020, 1, 2),
  ]);
});

test('any times get ascending edges around them', () => {
  const time = fc.oneof(
    fc.integer({ min: -9e15, max: 9e15 }),
    fc.integer({ min: 0, max: 1e12 }),
    fc.integer({ min: 0, max: 1e5 }),
  );
  fc.assert(
    fc.property(time, time, fc.integer({ min: 1, max: 200 }), (a, b, maxBins) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const edges = timeBins([low, high], maxBins);
      expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? edge))).toBe(true);
      expect((edges[0] ?? NaN) <= low && (edges.at(-1) ?? NaN) >= high).toBe(true);
      expect(edges.length - 1).toBeLessThanOrEqual(maxBins + 3);
    }),
    { numRuns: 2000, seed: 9 },
  );
});
