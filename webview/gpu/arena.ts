import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type { PressureLevel } from '#common/protocol/engineContract';

const SMALLEST_CLASS_BYTES = 256;
const MEBIBYTE = 1024 * 1024;
const POOL_LIMIT_BYTES = 128 * MEBIBYTE;
/** What all plots of a page may hold together before those that were not drawn for the longest time give way. */
const BUDGET_BYTES = 2048 * MEBIBYTE;
/** Share of the budget that is left when the machine's memory is short. */
const BUDGET_SHARES: Readonly<Record<PressureLevel, number>> = {
  normal: 1,
  elevated: 0.5,
  high: 0.25,
  critical: 0.125,
};

/** Something that can give its buffers back, because it can fill new ones when it is used again. */
export interface Evictable {
  evict(): void;
}

/**
 * The only maker of GPU buffers: counts every byte, reuses released buffers of the same size class and usage, and above its
 * budget lets go what was used the longest time ago. The budget never refuses a buffer: what is in use stays.
 * A reused buffer holds old bytes; whoever needs zeros clears it.
 */
export class Arena implements Disposable {
  /** When each was used, in submits; the one used the longest time ago first. */
  readonly #evictables = new Map<Evictable, number>();
  #submits = 0;
  #budgetBytes: number;
  readonly #live = new Map<GPUBuffer, string>();
  readonly #pool = new Map<string, GPUBuffer[]>();
  #liveBytes = 0;
  #pooledBytes = 0;
  #isDisposed = false;

  constructor(
    private readonly device: GPUDevice,
    private readonly fullBudgetBytes = BUDGET_BYTES,
  ) {
    this.#budgetBytes = fullBudgetBytes;
  }

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
    else this.#shrinkTo(this.#budgetBytes - size);
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
    const heldBytes = this.#liveBytes + this.#pooledBytes + buffer.size;
    if (this.#pooledBytes + buffer.size > POOL_LIMIT_BYTES || heldBytes > this.#budgetBytes) {
      buffer.destroy();
      return;
    }
    this.#pooledBytes += buffer.size;
    this.#pool.set(key, [...(this.#pool.get(key) ?? []), buffer]);
  }

  /** Notes that something is used by the commands that are being written: it keeps its buffers until they are submitted. */
  use(evictable: Evictable): void {
    this.#evictables.delete(evictable);
    this.#evictables.set(evictable, this.#submits);
  }

  /** Something has no buffers any more. */
  forget(evictable: Evictable): void {
    this.#evictables.delete(evictable);
  }

  /** Commands were submitted: what they used may give way again. */
  submitted(): void {
    this.#submits += 1;
  }

  /** Holds to a smaller budget while the machine's memory is short. */
  setPressure(level: PressureLevel): void {
    this.#budgetBytes = this.fullBudgetBytes * BUDGET_SHARES[level];
    this.#shrinkTo(this.#budgetBytes);
  }

  /** Gives back everything that can be made again: the device has no memory left. */
  freeAll(): void {
    this.#shrinkTo(0);
  }

  /** Destroys every buffer, handed out or pooled. */
  dispose(): void {
    this.#isDisposed = true;
    for (const buffer of this.#live.keys()) buffer.destroy();
    this.#emptyPool();
    this.#live.clear();
    this.#evictables.clear();
    this.#liveBytes = 0;
  }

  /** Lets pooled buffers go first, then what was used the longest time ago, until no more than `byteLength` is held. */
  #shrinkTo(byteLength: number): void {
    if (this.#liveBytes + this.#pooledBytes <= byteLength) return;
    this.#emptyPool();
    for (const [evictable, usedAt] of [...this.#evictables]) {
      if (this.#liveBytes <= byteLength || usedAt === this.#submits) break;
      this.#evictables.delete(evictable);
      evictable.evict();
      this.#emptyPool();
    }
  }

  #emptyPool(): void {
    for (const buffers of this.#pool.values()) buffers.forEach((buffer) => buffer.destroy());
    this.#pool.clear();
    this.#pooledBytes = 0;
  }
}

function sizeClass(byteLength: number): number {
  return Math.max(SMALLEST_CLASS_BYTES, 2 ** Math.ceil(Math.log2(Math.max(1, byteLength))));
}
