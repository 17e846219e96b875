import type { GpuContext } from './gpuContext.ts';

/** Bytes that a buffer is filled with. */
export type BufferBytes = ArrayBuffer | ArrayBufferView<ArrayBuffer>;

/** Commands of one submit, and the short-lived buffers that they use. */
export class CommandList {
  readonly encoder: GPUCommandEncoder;
  readonly #temporaries: GPUBuffer[] = [];

  constructor(
    readonly gpu: GpuContext,
    label: string,
  ) {
    this.encoder = gpu.device.createCommandEncoder({ label });
  }

  /** A uniform buffer with these bytes, valid for this submit. */
  uniform(bytes: ArrayBuffer, label: string): GPUBuffer {
    return this.#filled(bytes, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST, label);
  }

  /** A read-only storage buffer with these bytes, valid for this submit. */
  storage(bytes: BufferBytes, label: string): GPUBuffer {
    return this.#filled(bytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST, label);
  }

  /** A buffer to copy these bytes from, valid for this submit. */
  copySource(bytes: BufferBytes, label: string): GPUBuffer {
    return this.#filled(bytes, GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST, label);
  }

  /** A storage buffer between two passes of this submit; its content is undefined. */
  scratch(byteLength: number, label: string): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
    return this.#temporary(byteLength, usage, label);
  }

  /** Sends everything to the device; the list must not be used afterwards. */
  submit(): void {
    this.gpu.device.queue.submit([this.encoder.finish()]);
    this.gpu.arena.submitted();
    // The queue keeps its order, so a reused buffer is overwritten only after this submit has read it.
    for (const buffer of this.#temporaries.splice(0)) this.gpu.arena.release(buffer);
  }

  #filled(bytes: BufferBytes, usage: GPUBufferUsageFlags, label: string): GPUBuffer {
    const buffer = this.#temporary(bytes.byteLength, usage, label);
    this.gpu.device.queue.writeBuffer(buffer, 0, bytes);
    return buffer;
  }

  #temporary(byteLength: number, usage: GPUBufferUsageFlags, label: string): GPUBuffer {
    const buffer = this.gpu.arena.buffer(byteLength, usage, label);
    this.#temporaries.push(buffer);
    return buffer;
  }
}

/** Binds buffers to bindings 0, 1, … of a pipeline's group. */
export function bindGroup(
  device: GPUDevice,
  pipeline: GPUComputePipeline | GPURenderPipeline,
  group: number,
  buffers: readonly GPUBuffer[],
): GPUBindGroup {
  return device.createBindGroup({
    label: `${pipeline.label} ${group}`,
    layout: pipeline.getBindGroupLayout(group),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
}
