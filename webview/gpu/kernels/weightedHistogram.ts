import { PikaError } from '#common/base/pikaError';
import source, { structs } from '#shaders/weightedHistogram.wgsl';
import type { CommandList } from '../commandList.ts';
import { computePipeline } from '../pipelines.ts';
import { WORDS_PER_SUM } from '../valueFigures.ts';
import { bindBins } from './bins.ts';
import { pairedChunks, type CodePairs } from './codePairs.ts';
import { dispatchRows, WORKGROUP_SIZE } from './dispatchRows.ts';

/** Most bins whose counts and sums fit the 16 KiB of workgroup memory that every device has. */
export const MAX_WEIGHTED_BINS = 1365;
const BIN_CAPACITIES = [256, 1024, MAX_WEIGHTED_BINS] as const;

/**
 * Encodes adding the rows per bin of `pairs.x`, and the sums of the codes of `pairs.y` over them, to `sums`.
 * @param edges Ascending codes, one more than there are bins; bin i is [edges[i], edges[i + 1]), the last bin includes its upper edge.
 * @param sums Per bin the count and the sum's low and high word; cleared by the caller before the first slice.
 * @throws PikaError `gpu-limit` above `MAX_WEIGHTED_BINS` bins.
 */
export function encodeWeightedHistogram(
  commands: CommandList,
  pairs: CodePairs,
  edges: Uint32Array<ArrayBuffer>,
  sums: GPUBuffer,
): void {
  const binCount = edges.length - 1;
  const capacity = BIN_CAPACITIES.find((bins) => bins >= binCount);
  if (capacity === undefined)
    throw new PikaError('gpu-limit', `At most ${MAX_WEIGHTED_BINS} bins can be summed, not ${binCount}.`);
  const { IS_EVEN, buffers } = bindBins(commands, edges, structs['Bins']);
  const constants = { WORKGROUP_SIZE, WORD_CAPACITY: WORDS_PER_SUM * capacity, IS_EVEN };
  const pipeline = computePipeline(commands.gpu.device, { label: 'weightedHistogram', source }, 'sum_bins', constants);
  const passBuffers = [...buffers, sums];
  dispatchRows(commands, { pipeline, rowsLayout: structs['Rows'], chunks: pairedChunks(pairs), passBuffers });
}
