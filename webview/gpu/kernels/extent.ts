import source, { structs } from '#shaders/extent.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import type { CommandList } from '../commandList.ts';
import type { CodeExtent } from '../cpu/extent.ts';
import type { GpuContext } from '../gpuContext.ts';
import { computePipeline } from '../pipelines.ts';
import { dispatchRows, WORKGROUP_SIZE } from './dispatchRows.ts';

const EMPTY_EXTENT = new Uint32Array([0xffffffff, 0, 0]);

/** Length of the extent buffer in u32. */
export const EXTENT_LENGTH = EMPTY_EXTENT.length;

/** A buffer for one extent: minimum, maximum and count of non-null codes. The caller releases it to the arena. */
export function createExtentBuffer(gpu: GpuContext): GPUBuffer {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
  return gpu.arena.buffer(EMPTY_EXTENT.byteLength, usage, 'extent');
}

/** Encodes emptying `extent` and finding it anew over the slices. FIXED_NULL is skipped. */
export function encodeExtent(commands: CommandList, slices: readonly CodeSlice[], extent: GPUBuffer): void {
  const empty = commands.copySource(EMPTY_EXTENT, 'empty extent');
  commands.encoder.copyBufferToBuffer(empty, 0, extent, 0, EMPTY_EXTENT.byteLength);
  const pipeline = computePipeline(commands.gpu.device, { label: 'extent', source }, 'find_extent', { WORKGROUP_SIZE });
  const chunks = slices.map((slice) => [slice]);
  dispatchRows(commands, { pipeline, rowsLayout: structs['Rows'], chunks, passBuffers: [extent] });
}

/** The extent in the words of the CPU twin. */
export function extentFromBuffer(values: Uint32Array): CodeExtent {
  const [minimum = 0, maximum = 0, count = 0] = values;
  return { minimum, maximum, count };
}
