import { PikaError } from '#common/base/pikaError';
import { FIXED_MAX } from '#common/plot/plotData';
import source, { structs } from '#shaders/histogram.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import type { CommandList } from '../commandList.ts';
import { mantissaGuess } from '../mantissaGuess.ts';
import { computePipeline } from '../pipelines.ts';
import { structBytes } from '../structBytes.ts';
import { dispatchRows, WORKGROUP_SIZE } from './dispatchRows.ts';

/** Most bins that fit, beside one edge, the 16 KiB of workgroup memory that every device has. */
export const MAX_BINS = 4092;
/** Most bins whose edges fit beside them. */
const MOST_BINS_WITH_EDGES = 2048;
const BIN_CAPACITIES = [256, 1024, MOST_BINS_WITH_EDGES, MAX_BINS] as const;

/**
 * Encodes adding the slices' rows per bin to `counts`.
 * @param edges `binCount + 1` ascending codes; bin i is [edges[i], edges[i + 1]), the last bin includes its upper edge.
 * @param counts `binCount` u32, cleared by the caller before the first slice.
 * @throws PikaError `gpu-limit` above `MAX_BINS` bins.
 */
export function encodeHistogram(
  commands: CommandList,
  slices: readonly CodeSlice[],
  edges: Uint32Array<ArrayBuffer>,
  counts: GPUBuffer,
): void {
  const binCount = edges.length - 1;
  const BIN_CAPACITY = BIN_CAPACITIES.find((capacity) => capacity >= binCount);
  if (BIN_CAPACITY === undefined)
    throw new PikaError('gpu-limit', `At most ${MAX_BINS} bins can be counted, not ${binCount}.`);
  const guess = binCount <= MOST_BINS_WITH_EDGES ? mantissaGuess(edges) : null;
  const constants = {
    WORKGROUP_SIZE,
    BIN_CAPACITY,
    EDGE_CAPACITY: guess ? BIN_CAPACITY : 1,
    IS_EVEN: guess ? 1 : 0,
  };
  const pipeline = computePipeline(commands.gpu.device, { label: 'histogram', source }, 'count_bins', constants);
  const firstEdge = edges[0] ?? 0;
  const bins = structBytes(structs['Bins'], {
    bin_count: binCount,
    first_edge: firstEdge,
    // Never FIXED_NULL, which then needs no test of its own.
    span: Math.min(edges[binCount] ?? 0, FIXED_MAX) - firstEdge,
    guess_shift: guess?.shift ?? 0,
    guess_scale: guess?.scale ?? 0,
    guess_offset: guess?.offset ?? 0,
  });
  const passBuffers = [commands.uniform(bins, 'bins'), commands.storage(edges, 'edges'), counts];
  const chunks = slices.map((slice) => [slice]);
  const rowsLayout = structs['Rows'];
  dispatchRows(commands, { pipeline, rowsLayout, chunks, passBuffers });
}
