import { codedOf, valueOfCoded, type AxisScaleType } from './scaleCoding.ts';

/** Bin edges: ascending, one more than there are bins, around the whole domain. */
export type BinEdges = readonly number[];

/** More bins than this are never made: the counting kernel holds as many. */
export const MAX_BINS = 4092;

const NICE_FACTORS = [1, 2, 5];
const ROUNDING = 1e-9;

/**
 * Edges at multiples of 1, 2 or 5 times a power of ten: the finest with `(maximum - minimum) / step <= maxBins`, as in
 * Vega. Whole numbers get whole steps, and their last bin ends after the maximum, so that every bin covers equally many.
 */
export function niceBins([minimum, maximum]: readonly [number, number], maxBins: number, isInteger: boolean): BinEdges {
  if (minimum === maximum) return constantBin(minimum, isInteger);
  const step = niceStep(maximum - minimum, maxBins, isInteger);
  return step ? multiples([minimum, maximum], step, isInteger) : [minimum, maximum];
}

/** Edges at multiples of a given step. Null when that would be more than `MAX_BINS`. */
export function stepBins(
  [minimum, maximum]: readonly [number, number],
  step: number,
  isInteger: boolean,
): BinEdges | null {
  if (!((maximum - minimum) / step < MAX_BINS - 1)) return null;
  return multiples([minimum, maximum], { factor: step, exponent: 0 }, isInteger);
}

/** Edges that are nice in powers of ten, for a logarithmic axis. @param domain Above zero. */
export function logBins([minimum, maximum]: readonly [number, number], maxBins: number): BinEdges {
  if (minimum === maximum) return [minimum / 2, minimum * 2];
  const edges = niceBins([Math.log10(minimum), Math.log10(maximum)], maxBins, false).map((power) => 10 ** power);
  return ascending(edges, [minimum, maximum]);
}

/** Edges that are as far apart from each other on an axis that is spread unevenly; the domain's own ends are edges. */
export function scaledBins(domain: readonly [number, number], maxBins: number, scale: AxisScaleType): BinEdges {
  const [minimum, maximum] = domain;
  if (minimum === maximum) return constantBin(minimum, false);
  const [low, high] = [codedOf(minimum, scale), codedOf(maximum, scale)];
  const count = Math.min(MAX_BINS, Math.max(1, Math.floor(maxBins)));
  const inner = Array.from({ length: count - 1 }, (_, index) =>
    valueOfCoded(low + ((high - low) * (index + 1)) / count, scale),
  );
  return ascending([minimum, ...inner, maximum], domain);
}

/** A step as `factor * 10 ** exponent`, so that its multiples are the decimal numbers they look like. */
interface NiceStep {
  readonly factor: number;
  readonly exponent: number;
}

function niceStep(span: number, maxBins: number, isInteger: boolean): NiceStep | null {
  const count = Math.min(MAX_BINS, Math.max(1, maxBins));
  const finest = Math.floor(Math.log10(span / count));
  if (!Number.isFinite(finest)) return null;
  for (let exponent = isInteger ? Math.max(0, finest) : finest; exponent <= finest + 2 || exponent <= 0; exponent++) {
    const factor = NICE_FACTORS.find(
      (each) => span / valueOfStep({ factor: each, exponent }) <= count * (1 + ROUNDING),
    );
    if (factor !== undefined) return { factor, exponent };
  }
  return null;
}

function multiples([minimum, maximum]: readonly [number, number], step: NiceStep, isInteger: boolean): BinEdges {
  const first = lastMultiple(minimum, step, (edge) => edge <= minimum);
  const beforeLast = lastMultiple(maximum, step, (edge) => (isInteger ? edge <= maximum : edge < maximum));
  const last = Math.max(first, beforeLast) + 1;
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || last - first > 2 * MAX_BINS) {
    return [minimum, maximum];
  }
  const edges = Array.from({ length: last - first + 1 }, (_, index) => multipleOf(first + index, step));
  return ascending(edges, [minimum, maximum]);
}

/** The last multiple of a step that a test passes; the test passes for all below and none above somewhere near `value`. */
function lastMultiple(value: number, step: NiceStep, isBelow: (edge: number) => boolean): number {
  const guess = Math.round(value / valueOfStep(step));
  return [guess + 1, guess, guess - 1].find((count) => isBelow(multipleOf(count, step))) ?? guess - 2;
}

function multipleOf(count: number, { factor, exponent }: NiceStep): number {
  const whole = count * factor;
  return exponent < 0 ? whole / 10 ** -exponent : whole * 10 ** exponent;
}

function valueOfStep(step: NiceStep): number {
  return multipleOf(1, step);
}

/** Doubles too close for their magnitude leave fewer edges, but always one bin. */
function ascending(edges: BinEdges, [minimum, maximum]: readonly [number, number]): BinEdges {
  const rising = edges.filter((edge, index) => index === 0 || edge > (edges[index - 1] ?? edge));
  const isUsable = rising.length > 1 && rising.every(Number.isFinite);
  return isUsable ? rising : [minimum, maximum];
}

function constantBin(value: number, isInteger: boolean): BinEdges {
  if (isInteger && value + 1 > value) return [value, value + 1];
  const half = Math.max(0.5, Math.abs(value) / 2 ** 20);
  return [value - half, value + half];
}
