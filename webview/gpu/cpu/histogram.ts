import { FIXED_NULL } from '#common/plot/plotData';
import { guessBins } from '../binGuess.ts';

/**
 * Adds the rows per bin to `counts`. Twin of shaders/histogram.wgsl.
 * @param edges `counts.length + 1` ascending codes; bin i is [edges[i], edges[i + 1]), the last bin includes its upper edge.
 * FIXED_NULL and codes outside the edges are skipped.
 */
export function addHistogram(codes: Uint32Array, edges: Uint32Array, counts: Uint32Array): void {
  const lastBin = edges.length - 2;
  const first = edges[0] ?? 0;
  const last = edges[lastBin + 1] ?? 0;
  const { secondEdge, binsPerCode } = guessBins(edges);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] ?? FIXED_NULL;
    if (code === FIXED_NULL || code < first || code > last) continue;
    let bin = 0;
    if (code >= secondEdge) {
      bin = Math.min((1 + (code - secondEdge) * binsPerCode) | 0, lastBin);
      while (code < (edges[bin] ?? 0)) bin -= 1;
      while (bin < lastBin && code >= (edges[bin + 1] ?? FIXED_NULL)) bin += 1;
    }
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
}
