import { codedOf, valueOfCoded } from './scaleCoding.ts';
import { FIXED_MAX, FIXED_NULL, type ContinuousAxis } from './plotData.ts';

const CODE_BITS = 32;

/** Inclusive minimum and maximum on an axis, in the units that are coded, see `codedOf`. */
export type CodeDomain = readonly [minimum: number, maximum: number];

/**
 * Factor both ends of a domain are multiplied with before they are subtracted: 1, or a half where the difference would
 * overflow a double.
 */
export function spanFactor([minimum, maximum]: CodeDomain): number {
  return Number.isFinite(maximum - minimum) ? 1 : 0.5;
}

/**
 * The `u32` code of a value: `floor((value - minimum) / (maximum - minimum) * FIXED_MAX)`.
 * NaN is `FIXED_NULL`; values outside the domain take the nearest code; in a constant column every code is 0.
 * SQL computes the same double operations in the same order, see `query/axisSql.ts`.
 */
export function codeOf(value: number, domain: CodeDomain): number {
  if (Number.isNaN(value)) return FIXED_NULL;
  const [minimum, maximum] = domain;
  if (value <= minimum || minimum === maximum) return 0;
  if (value >= maximum) return FIXED_MAX;
  const factor = spanFactor(domain);
  const low = minimum * factor;
  return Math.floor(((value * factor - low) / (maximum * factor - low)) * FIXED_MAX);
}

/** Width of one code in coded units; 0 for a constant column. */
export function stepOf(domain: CodeDomain): number {
  const factor = spanFactor(domain);
  return ((domain[1] * factor - domain[0] * factor) / FIXED_MAX) * (1 / factor);
}

/** The smallest data value that a code stands for. */
export function valueOf(code: number, axis: Pick<ContinuousAxis, 'origin' | 'step' | 'scale'>): number {
  const coded = axis.origin + code * axis.step;
  // An axis may be wider than the largest double.
  const inRange = Number.isFinite(coded) ? coded : 2 * (axis.origin / 2 + code * (axis.step / 2));
  return valueOfCoded(inRange, axis.scale);
}

/** What code 0 and the largest code of a value stand for, in the units that are coded. */
export function codeDomain({ domain, scale, even }: Pick<ContinuousAxis, 'domain' | 'scale' | 'even'>): CodeDomain {
  if (!even) return [codedOf(domain[0], scale), codedOf(domain[1], scale)];
  const low = domain[0] - even.unit / 2;
  return [low, low + even.unit * 2 ** (CODE_BITS - even.shift)];
}

/**
 * Ascending code thresholds of bin edges: bin `i` holds the codes from `edges[i]` up to, but not including, `edges[i + 1]`.
 * The first is 0 and the last `FIXED_NULL`, so that every coded value falls into exactly one bin.
 */
export function edgeCodes(
  edges: readonly number[],
  axis: Pick<ContinuousAxis, 'domain' | 'scale' | 'even'>,
): Uint32Array<ArrayBuffer> {
  const domain = codeDomain(axis);
  const toCode = (edge: number) => {
    const coded = codedOf(edge, axis.scale);
    return coded > domain[1] ? FIXED_NULL : codeOf(coded, domain);
  };
  const codes = Uint32Array.from(edges, toCode);
  codes[0] = 0;
  codes[codes.length - 1] = FIXED_NULL;
  return codes;
}
