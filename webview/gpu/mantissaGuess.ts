import { guessBins } from './binGuess.ts';

/**
 * The bin of a code in few operations: the code's distance to the first edge, shifted to the top of a word, becomes the
 * mantissa of a float in [1, 2); mantissa * scale + offset is a float whose bits, less `zero`, are the bin and a fraction
 * of it. In the arithmetic of shaders/lib/bins.wgsl.
 */
export interface MantissaGuess {
  readonly shift: number;
  readonly scale: number;
  readonly offset: number;
  readonly fractionBits: number;
  /** The guess is never too low; where its fraction is not above this it may be one bin too high. */
  readonly margin: number;
  readonly zero: number;
}

const MANTISSA_BITS = 23;
const F32_BIAS = 127;
const F32_ROUNDING = 2 ** -24;
/** Roundings of the scale by which the mantissa, which is cut, the scale times it, and their product err. */
const SCALE_ROUNDINGS = 6;
/** Above it the edge is asked for so many codes that a guess saves nothing. */
const LARGEST_ERROR = 0.45;

/**
 * The guess for edges of `edges.length - 1` bins, of which the first and the last may be cut short; null when the edges
 * are so uneven that a guess may be wrong by more than a bin.
 */
export function mantissaGuess(edges: Uint32Array): MantissaGuess | null {
  const { secondEdge, binsPerCode } = guessBins(edges);
  const firstEdge = edges[0] ?? 0;
  if (binsPerCode === 0) return null;
  const shift = Math.min(31, Math.clz32((edges.at(-1) ?? 0) - firstEdge));
  const scale = binsPerCode * 2 ** (32 - shift);
  const binBits = Math.ceil(Math.log2(edges.length - 1));
  const zero = 2 ** binBits;
  const offset = zero + 1 - (secondEdge - firstEdge) * binsPerCode - scale;
  // The offset and the sum err by a rounding of their own; the sum is below twice `zero`.
  const rounding = F32_ROUNDING * (SCALE_ROUNDINGS * scale + Math.abs(offset) + 2 * zero + 2);
  const ends = [firstEdge, edges.at(-1) ?? 0].map((edge) => 1 + (edge - secondEdge) * binsPerCode);
  const isCut = (ends[0] ?? 0) > -rounding && (ends[1] ?? 0) < edges.length - 1 + rounding;
  const error = unevenness(edges, secondEdge, binsPerCode) + rounding;
  if (!isCut || error >= LARGEST_ERROR) return null;
  const fractionBits = MANTISSA_BITS - binBits;
  return {
    shift,
    scale,
    // Raised by the largest error, so that the guess is never too low.
    offset: offset + error,
    fractionBits,
    margin: Math.ceil(2 * error * 2 ** fractionBits),
    zero: (F32_BIAS + binBits) * 2 ** MANTISSA_BITS,
  };
}

function unevenness(edges: Uint32Array, secondEdge: number, binsPerCode: number): number {
  let largest = 0;
  for (let bin = 1; bin < edges.length - 1; bin += 1) {
    const guess = 1 + ((edges[bin] ?? 0) - secondEdge) * binsPerCode;
    largest = Math.max(largest, Math.abs(guess - bin));
  }
  return largest;
}
