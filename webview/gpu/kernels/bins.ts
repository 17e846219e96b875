import { FIXED_MAX } from '#common/plot/plotData';
import type { CommandList } from '../commandList.ts';
import { mantissaGuess } from '../mantissaGuess.ts';
import { structBytes, type StructLayout } from '../structBytes.ts';

/** Bins as shaders/lib/bins.wgsl takes them. */
export interface BoundBins {
  /** The override constant of that name. */
  readonly IS_EVEN: 0 | 1;
  /** Bindings 0 and 1 of group 2. */
  readonly buffers: readonly GPUBuffer[];
}

/** @param edges Ascending codes, one more than there are bins; bin i is [edges[i], edges[i + 1]), the last bin includes its upper edge. */
export function bindBins(
  commands: CommandList,
  edges: Uint32Array<ArrayBuffer>,
  layout: StructLayout | undefined,
): BoundBins {
  const binCount = edges.length - 1;
  const guess = mantissaGuess(edges);
  const firstEdge = edges[0] ?? 0;
  const bins = structBytes(layout, {
    bin_count: binCount,
    first_edge: firstEdge,
    // Never FIXED_NULL, which then needs no test of its own.
    span: Math.min(edges[binCount] ?? 0, FIXED_MAX) - firstEdge,
    guess_shift: guess?.shift ?? 0,
    guess_scale: guess?.scale ?? 0,
    guess_offset: guess?.offset ?? 0,
    guess_fraction_bits: guess?.fractionBits ?? 0,
    guess_margin: guess?.margin ?? 0,
    guess_zero: guess?.zero ?? 0,
  });
  return {
    IS_EVEN: guess ? 1 : 0,
    buffers: [commands.uniform(bins, 'bins'), commands.storage(edges, 'edges')],
  };
}
