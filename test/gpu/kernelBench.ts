import { Scope } from '#common/base/scope';
import { CodeColumn } from '../../webview/gpu/codeColumn.ts';
import { CommandList } from '../../webview/gpu/commandList.ts';
import { createGpuContext, type GpuContext } from '../../webview/gpu/gpuContext.ts';
import { readBuffer } from '../../webview/gpu/readBuffer.ts';
import { withoutGpuErrors } from '../support/gpuDevice.ts';

/** How a kernel run is made harder than usual. */
export interface Conditions {
  readonly maxWorkgroups?: number;
  /** Rows per buffer; small values make many chunks. */
  readonly chunkRows?: number;
  /** Rows per append; 0 uploads at once. */
  readonly batchRows?: number;
}

/** What a kernel under test encodes. */
export type Encode = (commands: CommandList, columns: readonly CodeColumn[], result: GPUBuffer) => void;

/** A context on the device with fewer workgroups allowed. */
export function limitedContext(device: GPUDevice, maxWorkgroups: number | undefined): GpuContext {
  const gpu = createGpuContext(device);
  return maxWorkgroups === undefined ? gpu : { ...gpu, maxWorkgroups };
}

/** Uploads the columns, runs `encode` into a cleared buffer of `resultLength` u32, and reads it; fails when a buffer leaks. */
export async function runKernel(
  device: GPUDevice,
  columns: readonly Uint32Array<ArrayBuffer>[],
  resultLength: number,
  encode: Encode,
  conditions: Conditions = {},
): Promise<Uint32Array> {
  const gpu = limitedContext(device, conditions.maxWorkgroups);
  const scope = new Scope();
  const result = await withoutGpuErrors(device, async () => {
    const uploaded = columns.map((codes) => {
      const column = scope.own(new CodeColumn(gpu, 'test', codes.length, conditions.chunkRows));
      appendInBatches(column, codes, conditions.batchRows ?? 0);
      return column;
    });
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = gpu.arena.buffer(resultLength * 4, usage, 'result');
    scope.defer(() => gpu.arena.release(buffer));
    const commands = new CommandList(gpu, 'test');
    commands.encoder.clearBuffer(buffer);
    encode(commands, uploaded, buffer);
    commands.submit();
    return readBuffer(gpu, buffer, resultLength);
  });
  scope.dispose();
  if (gpu.arena.liveBytes > 0) throw new Error(`These buffers leaked: ${gpu.arena.liveLabels.join(', ')}`);
  gpu.arena.dispose();
  return result;
}

function appendInBatches(column: CodeColumn, codes: Uint32Array<ArrayBuffer>, batchRows: number): void {
  const step = batchRows > 0 ? batchRows : Math.max(1, codes.length);
  for (let row = 0; row < codes.length; row += step) column.append(codes.slice(row, row + step));
}
