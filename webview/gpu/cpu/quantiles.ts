import { FIXED_NULL } from '#common/plot/plotData';

/** The codes at ranks of a column, as if it were sorted, nulls left out; FIXED_NULL for a rank beyond the values. Twin of shaders/quantiles.wgsl. */
export function codesAtRanks(codes: Uint32Array, ranks: readonly number[]): Uint32Array<ArrayBuffer> {
  // Null is the largest code, so it is sorted behind all values.
  const sorted = codes.slice().sort();
  return Uint32Array.from(ranks, (rank) => sorted[rank] ?? FIXED_NULL);
}
