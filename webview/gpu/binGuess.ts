/** How a code's bin is guessed from ascending edges before the edges are asked. */
export interface BinGuess {
  /** Codes below it are in bin 0: the second edge, since the first and last bin are often cut short by the domain. */
  readonly secondEdge: number;
  /** Bins per code between the second and the last but one edge. */
  readonly binsPerCode: number;
  /**
   * Share of a bin at either end within which a guess may be wrong: unevenness of the edges and rounding of `f32`.
   * At a half or more every guess is checked.
   */
  readonly margin: number;
}

const F32_ROUNDINGS = 4 * 2 ** -24;

/** The guess for edges of `edges.length - 1` bins; with fewer than three bins every code is checked. */
export function guessBins(edges: Uint32Array): BinGuess {
  const lastInner = edges.length - 2;
  const secondEdge = edges[1] ?? 0;
  const span = (edges[lastInner] ?? 0) - secondEdge;
  if (lastInner < 2 || span <= 0) return { secondEdge, binsPerCode: 0, margin: 1 };
  const binsPerCode = (lastInner - 1) / span;
  let unevenness = 0;
  for (let bin = 1; bin <= lastInner; bin += 1) {
    const guess = 1 + ((edges[bin] ?? 0) - secondEdge) * binsPerCode;
    unevenness = Math.max(unevenness, Math.abs(guess - bin));
  }
  return { secondEdge, binsPerCode, margin: unevenness + F32_ROUNDINGS * edges.length };
}
