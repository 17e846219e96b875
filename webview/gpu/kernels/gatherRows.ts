import source, { structs } from '#shaders/gatherRows.wgsl';
import type { CodeSlice } from '../codeColumn.ts';
import { bindGroup, type CommandList } from '../commandList.ts';
import { computePipeline } from '../pipelines.ts';
import { structBytes } from '../structBytes.ts';
import { WORKGROUP_SIZE } from './dispatchRows.ts';

/** Encodes writing the codes of `rows.endRow` rows of a whole column to `gathered`, one u32 each. */
export function encodeGatherRows(
  commands: CommandList,
  column: readonly CodeSlice[],
  rows: Pick<CodeSlice, 'buffer' | 'endRow'>,
  gathered: GPUBuffer,
): void {
  if (rows.endRow === 0) return;
  const { device, maxWorkgroups } = commands.gpu;
  const pipeline = computePipeline(device, { label: 'gatherRows', source }, 'gather_rows', { WORKGROUP_SIZE });
  const workgroups = Math.min(Math.ceil(rows.endRow / WORKGROUP_SIZE), maxWorkgroups);
  const pass = commands.encoder.beginComputePass({ label: pipeline.label });
  pass.setPipeline(pipeline);
  pass.setBindGroup(2, bindGroup(device, pipeline, 2, [rows.buffer, gathered]));
  let rowBase = 0;
  for (const { buffer, endRow } of column) {
    const gather = structBytes(structs['Gather'], {
      row_base: rowBase,
      chunk_rows: endRow,
      row_count: rows.endRow,
      invocation_count: workgroups * WORKGROUP_SIZE,
    });
    pass.setBindGroup(1, bindGroup(device, pipeline, 1, [commands.uniform(gather, 'gather'), buffer]));
    pass.dispatchWorkgroups(workgroups);
    rowBase += endRow;
  }
  pass.end();
}
