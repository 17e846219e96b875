import type { CommandList } from '../commandList.ts';
import { bindGroup } from '../commandList.ts';
import type { CodeSlice } from '../codeColumn.ts';
import { structBytes, type StructLayout } from '../structBytes.ts';

/** Invocations per workgroup of every row kernel; also exists in WGSL. */
export const WORKGROUP_SIZE = 256;
const ROWS_PER_VECTOR = 4;
const VECTORS_PER_INVOCATION = 16;

/** What a row kernel is run with. */
export interface RowDispatch {
  readonly pipeline: GPUComputePipeline;
  readonly rowsLayout: StructLayout | undefined;
  /** Slices of every column, chunk by chunk; the slices of one chunk hold the same rows. */
  readonly chunks: readonly (readonly CodeSlice[])[];
  /** Buffers of group 2. */
  readonly passBuffers: readonly GPUBuffer[];
}

/** Encodes one pass that visits every row of every chunk. Columns are group 1, the pass is group 2. */
export function dispatchRows(commands: CommandList, dispatch: RowDispatch): void {
  const { device } = commands.gpu;
  const { pipeline } = dispatch;
  const pass = commands.encoder.beginComputePass({ label: pipeline.label });
  pass.setPipeline(pipeline);
  pass.setBindGroup(2, bindGroup(device, pipeline, 2, dispatch.passBuffers));
  for (const slices of dispatch.chunks) {
    const [first] = slices;
    if (!first || first.endRow <= first.firstRow) continue;
    const workgroups = workgroupsFor(first, commands.gpu.maxWorkgroups);
    const rows = structBytes(dispatch.rowsLayout, {
      first_row: first.firstRow,
      end_row: first.endRow,
      invocation_count: workgroups * WORKGROUP_SIZE,
    });
    const columns = [commands.uniform(rows, 'rows'), ...slices.map((slice) => slice.buffer)];
    pass.setBindGroup(1, bindGroup(device, pipeline, 1, columns));
    pass.dispatchWorkgroups(workgroups);
  }
  pass.end();
}

function workgroupsFor({ firstRow, endRow }: CodeSlice, allowed: number): number {
  const vectors = Math.ceil(endRow / ROWS_PER_VECTOR) - Math.floor(firstRow / ROWS_PER_VECTOR);
  return Math.min(Math.ceil(vectors / (WORKGROUP_SIZE * VECTORS_PER_INVOCATION)), allowed);
}
