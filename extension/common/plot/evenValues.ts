import type { ContinuousAxis } from './plotData.ts';

/** Values that lie whole units from each other, and codes that lie evenly with them. */
export interface EvenValues {
  /** In data units: 1 for whole numbers, 86,400,000 for dates. */
  readonly unit: number;
  /** Places for a value from the domain's minimum to its maximum, both included; at least two. */
  readonly count: number;
  /** Base 2 logarithm of the codes from one place to the next, so that power-of-two cells hold equally many of them. */
  readonly shift: number;
}

const CODE_BITS = 32;
/** Beyond these, rounding of codes and doubles comes near to half a unit, and no cell on a screen tells one value from two. */
const MOST_COUNT = 2 ** 28;
const MOST_UNITS = 2 ** 50;

/**
 * How values of a linear axis lie that are all multiples of `unit`; null where they have no room for it, or no width.
 * @param unit In data units; 0 where there is none.
 */
export function evenValues([minimum, maximum]: ContinuousAxis['domain'], unit: number): EvenValues | null {
  const count = Math.round((maximum - minimum) / unit) + 1;
  const isExact = Math.max(Math.abs(minimum), Math.abs(maximum)) <= MOST_UNITS * unit;
  if (unit <= 0 || !isExact || !(count >= 2 && count <= MOST_COUNT)) return null;
  return { unit, count, shift: CODE_BITS - Math.ceil(Math.log2(count)) };
}

/** The data values at both ends of what an axis shows: half a unit beyond the outermost values where they are even. */
export function wholeDomain({ domain, even }: Pick<ContinuousAxis, 'domain' | 'even'>): readonly [number, number] {
  return even ? [domain[0] - even.unit / 2, domain[0] + (even.count - 1 / 2) * even.unit] : domain;
}
