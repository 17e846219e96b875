import { guessBins } from './binGuess.ts';

/**
 * The nearest edge of a code in few operations: the code's distance to the first edge, shifted to the top of a word,
 * becomes the mantissa of a float in [1, 2), and edge = mantissa * scale + offset, rounded. In the arithmetic of
 * shaders/histogram.wgsl.
 */
export interface MantissaGuess {
  readonly shift: number;
  readonly scale: number;
  readonly offset: number;
}

const F32_ROUNDING = 2 ** -24;
/** Mantissa, scale, product and sum err by at most 2 + 1 + 2 + 1 roundings of the scale, and the offset by one of its own. */
const ROUNDINGS = 4;
/** A code farther than this from an edge, in bins, may be taken for one of the next. */
const LARGEST_ERROR = 0.45;

/**
 * The guess for edges of `edges.length - 1` bins, of which the first and the last may be cut short; null when the edges
 * are so uneven that the nearest one may not be an end of the code's bin.
 */
export function mantissaGuess(edges: Uint32Array): MantissaGuess | null {
  const { secondEdge, binsPerCode } = guessBins(edges);
  const firstEdge = edges[0] ?? 0;
  if (binsPerCode === 0) return null;
  const shift = Math.min(31, Math.clz32((edges.at(-1) ?? 0) - firstEdge));
  const scale = binsPerCode * 2 ** (32 - shift);
  const offset = 1 - (secondEdge - firstEdge) * binsPerCode - scale;
  const rounding = ROUNDINGS * F32_ROUNDING * (scale + Math.abs(offset));
  const ends = [firstEdge, edges.at(-1) ?? 0].map((edge) => 1 + (edge - secondEdge) * binsPerCode);
  const isCut = (ends[0] ?? 0) > -rounding && (ends[1] ?? 0) < edges.length - 1 + rounding;
  return isCut && unevenness(edges, secondEdge, binsPerCode) + rounding < LARGEST_ERROR
    ? { shift, scale, offset }
    : null;
}

function unevenness(edges: Uint32Array, secondEdge: number, binsPerCode: number): number {
  let largest = 0;
  for (let bin = 1; bin < edges.length - 1; bin += 1) {
    const guess = 1 + ((edges[bin] ?? 0) - secondEdge) * binsPerCode;
    largest = Math.max(largest, Math.abs(guess - bin));
  }
  return largest;
}
