import type { GpuContext } from './gpuContext.ts';

/** Copies the first `length` u32 of a buffer (usage COPY_SRC) back to the CPU; waits for all work submitted before. */
export async function readBuffer(
  gpu: GpuContext,
  source: GPUBuffer,
  length: number,
): Promise<Uint32Array<ArrayBuffer>> {
  const byteLength = length * Uint32Array.BYTES_PER_ELEMENT;
  const staging = gpu.arena.buffer(byteLength, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST, 'read-back');
  const encoder = gpu.device.createCommandEncoder({ label: 'read-back' });
  encoder.copyBufferToBuffer(source, 0, staging, 0, byteLength);
  gpu.device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ, 0, byteLength);
  const values = new Uint32Array(staging.getMappedRange(0, byteLength).slice(0));
  staging.unmap();
  gpu.arena.release(staging);
  return values;
}
