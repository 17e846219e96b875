import { FIXED_NULL } from '#common/plot/plotData';
import { guessBins } from '../binGuess.ts';

/**
 * A function that gives the bin of a code, -1 for FIXED_NULL and for codes outside the edges.
 * @param edges One more than there are bins, ascending; bin i is [edges[i], edges[i + 1]), the last bin includes its upper edge.
 */
export function binFinder(edges: Uint32Array): (code: number) => number {
  const lastBin = edges.length - 2;
  const first = edges[0] ?? 0;
  const last = edges[lastBin + 1] ?? 0;
  const { secondEdge, binsPerCode } = guessBins(edges);
  return (code) => {
    if (code === FIXED_NULL || code < first || code > last) return -1;
    if (code < secondEdge) return 0;
    let bin = Math.min((1 + (code - secondEdge) * binsPerCode) | 0, lastBin);
    while (code < (edges[bin] ?? 0)) bin -= 1;
    while (bin < lastBin && code >= (edges[bin + 1] ?? FIXED_NULL)) bin += 1;
    return bin;
  };
}
