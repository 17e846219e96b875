import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';

const SMALLEST_CLASS_BYTES = 256;
const POOL_LIMIT_BYTES = 128 * 1024 * 1024;

/**
 * The only maker of GPU buffers: counts every byte, reuses released buffers of the same size class and usage.
 * A reused buffer holds old bytes; whoever needs zeros clears it.
 */
export class Arena implements Disposable {
  readonly #live = new Map<GPUBuffer, string>();
  readonly #pool = new Map<string, GPUBuffer[]>();
  #liveBytes = 0;
  #pooledBytes = 0;
  #isDisposed = false;

  constructor(private readonly device: GPUDevice) {}

  /** Bytes of buffers handed out and not yet released. */
  get liveBytes(): number {
    return this.#liveBytes;
  }

  /** Bytes of released buffers kept for reuse. */
  get pooledBytes(): number {
    return this.#pooledBytes;
  }

  /** Labels of the buffers that are still out; empty when nothing leaks. */
  get liveLabels(): readonly string[] {
    return [...this.#live.keys()].map((buffer) => buffer.label);
  }

  /**
   * A buffer of at least `byteLength` bytes, rounded up to a power of two; its content is undefined.
   * @throws PikaError `gpu-limit` when the device does not allow that size.
   */
  buffer(byteLength: number, usage: GPUBufferUsageFlags, label: string): GPUBuffer {
    const size = sizeClass(byteLength);
    const limit = Math.min(this.device.limits.maxBufferSize, this.device.limits.maxStorageBufferBindingSize);
    if (size > limit) {
      throw new PikaError(
        'gpu-limit',
        `The graphics device holds at most ${limit} bytes in one buffer; ${size} are needed.`,
      );
    }
    const key = `${usage}/${size}`;
    const pooled = this.#pool.get(key)?.pop();
    if (pooled) this.#pooledBytes -= size;
    const buffer = pooled ?? this.device.createBuffer({ size, usage, label });
    buffer.label = label;
    this.#live.set(buffer, key);
    this.#liveBytes += size;
    return buffer;
  }

  /** Takes a buffer back; work already submitted with it still completes. Releasing twice is a bug, after disposal harmless. */
  release(buffer: GPUBuffer): void {
    if (this.#isDisposed) return;
    const key = this.#live.get(buffer);
    if (key === undefined) throw new Error(`Buffer ${buffer.label} is not of this arena or was released before.`);
    this.#live.delete(buffer);
    this.#liveBytes -= buffer.size;
    if (this.#pooledBytes + buffer.size > POOL_LIMIT_BYTES) {
      buffer.destroy();
      return;
    }
    this.#pooledBytes += buffer.size;
    this.#pool.set(key, [...(this.#pool.get(key) ?? []), buffer]);
  }

  /** Destroys every buffer, handed out or pooled. */
  dispose(): void {
    this.#isDisposed = true;
    for (const buffer of this.#live.keys()) buffer.destroy();
    for (const buffers of this.#pool.values()) buffers.forEach((buffer) => buffer.destroy());
    this.#live.clear();
    this.#pool.clear();
    this.#liveBytes = this.#pooledBytes = 0;
  }
}

function sizeClass(byteLength: number): number {
  return Math.max(SMALLEST_CLASS_BYTES, 2 ** Math.ceil(Math.log2(Math.max(1, byteLength))));
}
