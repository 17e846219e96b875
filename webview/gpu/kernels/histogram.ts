import { PikaError } from '#common/base/pikaError';
import source, { structs } from '#shaders/histogram.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import type { CommandList } from '../commandList.ts';
import { computePipeline } from '../pipelines.ts';
import { bindBins } from './bins.ts';
import { dispatchRows, WORKGROUP_SIZE } from './dispatchRows.ts';

/** Most bins that fit the 16 KiB of workgroup memory that every device has. */
export const MAX_BINS = 4096;
const BIN_CAPACITIES = [256, 1024, 2048, MAX_BINS] as const;

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
  const { IS_EVEN, buffers } = bindBins(commands, edges, structs['Bins']);
  const constants = { WORKGROUP_SIZE, BIN_CAPACITY, IS_EVEN };
  const pipeline = computePipeline(commands.gpu.device, { label: 'histogram', source }, 'count_bins', constants);
  const chunks = slices.map((slice) => [slice]);
  dispatchRows(commands, { pipeline, rowsLayout: structs['Rows'], chunks, passBuffers: [...buffers, counts] });
}
