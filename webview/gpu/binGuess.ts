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
