import { FIXED_NULL } from '#common/plot/plotData';

/**
 * Adds the rows per bin to `counts`. Twin of shaders/histogram.wgsl.
 * @param edges `counts.length + 1` ascending codes; bin i is [edges[i], edges[i + 1]), the last bin includes its upper edge.
 * FIXED_NULL and codes outside the edges are skipped.
 */
export function addHistogram(codes: Uint32Array, edges: Uint32Array, counts: Uint32Array): void {
  const binCount = edges.length - 1;
  const first = edges[0] ?? 0;
  const last = edges[binCount] ?? 0;
  const binsPerCode = last > first ? binCount / (last - first) : 0;
  for (const code of codes) {
    if (code === FIXED_NULL || code < first || code > last) continue;
    let bin = Math.min(Math.floor((code - first) * binsPerCode), binCount - 1);
    while (code < (edges[bin] ?? 0)) bin -= 1;
    while (bin + 1 < binCount && code >= (edges[bin + 1] ?? FIXED_NULL)) bin += 1;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
}
