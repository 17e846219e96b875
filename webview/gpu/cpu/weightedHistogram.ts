import { FIXED_NULL } from '#common/plot/plotData';
import { addToSum, WORDS_PER_SUM } from '../valueFigures.ts';
import { binFinder } from './binFinder.ts';

/**
 * Adds the rows per bin, and the sum of their weights' codes, to `sums`: per bin the count and the sum's low and high word.
 * A row with FIXED_NULL in either column or outside the edges is skipped. Twin of shaders/weightedHistogram.wgsl.
 * @param edges One more than there are bins, ascending; bin i is [edges[i], edges[i + 1]), the last bin includes its upper edge.
 */
export function addWeights(codes: Uint32Array, weights: Uint32Array, edges: Uint32Array, sums: Uint32Array): void {
  const binOf = binFinder(edges);
  for (let row = 0; row < codes.length; row += 1) {
    const weight = weights[row] ?? FIXED_NULL;
    const bin = weight === FIXED_NULL ? -1 : binOf(codes[row] ?? FIXED_NULL);
    if (bin >= 0) addToSum(sums, WORDS_PER_SUM * bin, weight);
  }
}
