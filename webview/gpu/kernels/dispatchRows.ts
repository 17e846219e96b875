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
  /** Slices of every column, with the same rows each. */
  readonly columns: readonly CodeSlice[];
  /** Buffers of group 2. */
  readonly passBuffers: readonly GPUBuffer[];
  /** Most workgroups that pay, for a kernel whose workgroups have something to add up at their end. */
  readonly mostWorkgroups?: number;
}

/** Encodes one dispatch that visits every row of the slices. Columns are group 1, the pass is group 2. */
export function dispatchRows(commands: CommandList, dispatch: RowDispatch): void {
  const { device, maxWorkgroups } = commands.gpu;
  const [first] = dispatch.columns;
  if (!first || first.endRow <= first.firstRow) return;
  const vectors = Math.ceil(first.endRow / ROWS_PER_VECTOR) - Math.floor(first.firstRow / ROWS_PER_VECTOR);
  const wanted = Math.ceil(vectors / (WORKGROUP_SIZE * VECTORS_PER_INVOCATION));
  const workgroups = Math.min(wanted, maxWorkgroups, dispatch.mostWorkgroups ?? maxWorkgroups);
  const rows = structBytes(dispatch.rowsLayout, {
    first_row: first.firstRow,
    end_row: first.endRow,
    invocation_count: workgroups * WORKGROUP_SIZE,
  });
  const columns = [commands.uniform(rows, 'rows'), ...dispatch.columns.map((slice) => slice.buffer)];
  const pass = commands.encoder.beginComputePass({ label: dispatch.pipeline.label });
  pass.setPipeline(dispatch.pipeline);
  pass.setBindGroup(1, bindGroup(device, dispatch.pipeline, 1, columns));
  pass.setBindGroup(2, bindGroup(device, dispatch.pipeline, 2, dispatch.passBuffers));
  pass.dispatchWorkgroups(workgroups);
  pass.end();
}
