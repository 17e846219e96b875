import { expect } from 'vitest';
import { Scope } from '#common/base/scope';
import { CodeColumn, type CodeSlice } from '../../webview/gpu/codeColumn.ts';
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

/** Uploads the columns, does `work` with them and takes everything back; fails on complaints of the device and when a buffer leaks. */
export async function withColumns<T>(
  device: GPUDevice,
  columns: readonly Uint32Array<ArrayBuffer>[],
  conditions: Conditions,
  work: (gpu: GpuContext, columns: readonly CodeColumn[]) => Promise<T>,
): Promise<T> {
  const gpu = limitedContext(device, conditions.maxWorkgroups);
  const scope = new Scope();
  const result = await withoutGpuErrors(device, async () => {
    const uploaded = columns.map((codes) => {
      const column = scope.own(new CodeColumn(gpu, 'test', codes.length, conditions.chunkRows));
      appendInBatches(column, codes, conditions.batchRows ?? 0);
      return column;
    });
    return work(gpu, uploaded);
  });
  scope.dispose();
  if (gpu.arena.liveBytes > 0) throw new Error(`These buffers leaked: ${gpu.arena.liveLabels.join(', ')}`);
  gpu.arena.dispose();
  return result;
}

/** Runs `encode` over the columns into a cleared buffer of `resultLength` u32, and reads it. */
export async function runKernel(
  device: GPUDevice,
  columns: readonly Uint32Array<ArrayBuffer>[],
  resultLength: number,
  encode: Encode,
  conditions: Conditions = {},
): Promise<Uint32Array> {
  return withColumns(device, columns, conditions, (gpu, uploaded) => runInto(gpu, resultLength, uploaded, encode));
}

/** Runs `encode` over one column that it overwrites; gives the column and a result of one u32. */
export async function columnAfter(
  device: GPUDevice,
  values: Uint32Array<ArrayBuffer>,
  encode: Encode,
  conditions: Conditions,
): Promise<{ readonly column: Uint32Array; readonly result: Uint32Array }> {
  return withColumns(device, [values], conditions, async (gpu, uploaded) => {
    const result = await runInto(gpu, 1, uploaded, encode);
    const column = new Uint32Array(values.length);
    let row = 0;
    for (const { buffer, endRow } of uploaded[0]?.slicesFrom(0) ?? []) {
      column.set(await readBuffer(gpu, buffer, endRow), row);
      row += endRow;
    }
    return { column, result };
  });
}

async function runInto(
  gpu: GpuContext,
  length: number,
  columns: readonly CodeColumn[],
  encode: Encode,
): Promise<Uint32Array> {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffer = gpu.arena.buffer(length * Uint32Array.BYTES_PER_ELEMENT, usage, 'result');
  const commands = new CommandList(gpu, 'test');
  commands.encoder.clearBuffer(buffer);
  encode(commands, columns, buffer);
  commands.submit();
  try {
    return await readBuffer(gpu, buffer, length);
  } finally {
    gpu.arena.release(buffer);
  }
}

/** Reads a buffer of commands that are not sent yet: once they are, its rows come. */
export async function readSlice(commands: CommandList, { buffer, endRow }: CodeSlice): Promise<Uint32Array> {
  const { device } = commands.gpu;
  const size = endRow * Uint32Array.BYTES_PER_ELEMENT;
  const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
  const staging = device.createBuffer({ size, usage });
  commands.encoder.copyBufferToBuffer(buffer, 0, staging, 0, size);
  // The commands are sent after this function has returned its promise.
  await Promise.resolve();
  await staging.mapAsync(GPUMapMode.READ);
  const rows = new Uint32Array(staging.getMappedRange().slice(0));
  staging.destroy();
  return rows;
}

/** Fails unless both are the same; arrays of millions are compared as bytes, which takes no time. */
export function expectSame(actual: Uint32Array, expected: Uint32Array): void {
  const isSame = Buffer.from(actual.buffer).equals(Buffer.from(expected.buffer));
  if (!isSame) expect(actual).toEqual(expected);
}

function appendInBatches(column: CodeColumn, codes: Uint32Array<ArrayBuffer>, batchRows: number): void {
  const step = batchRows > 0 ? batchRows : Math.max(1, codes.length);
  for (let row = 0; row < codes.length; row += step) column.append(codes.slice(row, row + step));
}
