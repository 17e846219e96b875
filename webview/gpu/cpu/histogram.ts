import { FIXED_NULL } from '#common/plot/plotData';
import { binFinder } from './binFinder.ts';

/**
 * Adds the rows per bin to `counts`. Twin of shaders/histogram.wgsl.
 * @param edges `counts.length + 1` ascending codes; bin i is [edges[i], edges[i + 1]), the last bin includes its upper edge.
 * FIXED_NULL and codes outside the edges are skipped.
 */
export function addHistogram(codes: Uint32Array, edges: Uint32Array, counts: Uint32Array): void {
  const binOf = binFinder(edges);
  for (let row = 0; row < codes.length; row += 1) {
    const bin = binOf(codes[row] ?? FIXED_NULL);
    if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1;
  }
}
