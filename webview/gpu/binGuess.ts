/** How a code's bin is guessed from ascending edges before the edges are asked. */
export interface BinGuess {
  /** Codes below it are in bin 0: the second edge, since the first and last bin are often cut short by the domain. */
  readonly secondEdge: number;
  /** Bins per code between the second and the last but one edge; 0 where every code has to be checked. */
  readonly binsPerCode: number;
}

/** The guess for edges of `edges.length - 1` bins; with fewer than three bins there is none. */
export function guessBins(edges: Uint32Array): BinGuess {
  const lastInner = edges.length - 2;
  const secondEdge = edges[1] ?? 0;
  const span = (edges[lastInner] ?? 0) - secondEdge;
  if (lastInner < 2 || span <= 0) return { secondEdge, binsPerCode: 0 };
  return { secondEdge, binsPerCode: (lastInner - 1) / span };
}

/**
 * The guess in the arithmetic of shaders/histogram.wgsl: the code's distance to the first edge, shifted to the top of a
 * word, becomes the mantissa of a float in [1, 2), and bin = mantissa * scale + offset.
 */
export interface MantissaGuess {
  readonly firstEdge: number;
  readonly shift: number;
  readonly scale: number;
  readonly offset: number;
  /**
   * Share of a bin at either end within which a guess may be wrong: unevenness of the edges and rounding of `f32`.
   * At a half or more every guess is checked.
   */
  readonly margin: number;
}

const F32_ROUNDING = 2 ** -24;
/** Roundings of mantissa (twice as coarse), scale, offset, product and sum, each of a value of at most twice the scale. */
const ROUNDINGS = 12;

export function mantissaGuess(edges: Uint32Array): MantissaGuess {
  const { secondEdge, binsPerCode } = guessBins(edges);
  const firstEdge = edges[0] ?? 0;
  const shift = Math.min(31, Math.clz32((edges.at(-1) ?? 0) - firstEdge));
  if (binsPerCode === 0) return { firstEdge, shift, scale: 0, offset: 0, margin: 1 };
  const scale = binsPerCode * 2 ** (32 - shift);
  const offset = 1 - (secondEdge - firstEdge) * binsPerCode - scale;
  let unevenness = 0;
  for (let bin = 1; bin < edges.length - 1; bin += 1) {
    const guess = 1 + ((edges[bin] ?? 0) - secondEdge) * binsPerCode;
    unevenness = Math.max(unevenness, Math.abs(guess - bin));
  }
  return {
    firstEdge,
    shift,
    scale,
    offset,
    margin: unevenness + ROUNDINGS * F32_ROUNDING * (scale + Math.abs(offset)),
  };
}
