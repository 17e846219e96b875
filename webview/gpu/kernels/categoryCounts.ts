import source, { structs } from '#shaders/categoryCounts.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import type { CommandList } from '../commandList.ts';
import { computePipeline } from '../pipelines.ts';
import { structBytes } from '../structBytes.ts';
import { dispatchRows, WORKGROUP_SIZE } from './dispatchRows.ts';

/** Categories that are counted in workgroup memory. */
const CATEGORY_CAPACITY = 1024;

/**
 * Encodes adding the slices' rows per category to `counts`.
 * @param counts `categoryCount` u32, cleared by the caller before the first slice.
 */
export function encodeCategoryCounts(
  commands: CommandList,
  slices: readonly CodeSlice[],
  categoryCount: number,
  counts: GPUBuffer,
): void {
  const constants = { WORKGROUP_SIZE, CATEGORY_CAPACITY };
  const program = { label: 'categoryCounts', source };
  const pipeline = computePipeline(commands.gpu.device, program, 'count_categories', constants);
  const categories = structBytes(structs['Categories'], { count: categoryCount });
  const passBuffers = [commands.uniform(categories, 'categories'), counts];
  const chunks = slices.map((slice) => [slice]);
  dispatchRows(commands, { pipeline, rowsLayout: structs['Rows'], chunks, passBuffers });
}
