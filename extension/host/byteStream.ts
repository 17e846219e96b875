import type { Readable } from 'node:stream';

/** Runs of bytes whose lengths are known from elsewhere, cut out of a stream in which they follow each other. */
export class ByteStream {
  readonly #early: Uint8Array[] = [];
  #target: Uint8Array<ArrayBuffer> | null = null;
  #filled = 0;

  /** @param onFilled Told that the run which `take` was asked for is complete. */
  constructor(
    stream: Readable,
    private readonly onFilled: () => void,
  ) {
    stream.on('data', (part: Uint8Array) => this.#add(part));
    // A process that ends is reported by its exit.
    stream.on('error', () => undefined);
  }

  /** The next run of bytes in memory of its own; null until it is complete, then ask again. */
  take(byteLength: number): Uint8Array<ArrayBuffer> | null {
    this.#target ??= uninitialized(byteLength);
    const target = this.#target;
    while (this.#filled < target.byteLength) {
      const part = this.#early.shift();
      if (!part) return null;
      this.#fill(target, part);
    }
    this.#target = null;
    this.#filled = 0;
    return target;
  }

  #add(part: Uint8Array): void {
    const target = this.#target;
    if (!target || this.#filled === target.byteLength) {
      this.#early.push(part);
      return;
    }
    this.#fill(target, part);
    if (this.#filled === target.byteLength) this.onFilled();
  }

  #fill(target: Uint8Array, part: Uint8Array): void {
    const wanted = target.byteLength - this.#filled;
    const isTooLong = part.byteLength > wanted;
    target.set(isTooLong ? part.subarray(0, wanted) : part, this.#filled);
    this.#filled += Math.min(wanted, part.byteLength);
    if (isTooLong) this.#early.unshift(part.subarray(wanted));
  }
}

/** Memory that is about to be written over as a whole, so it is not cleared first. */
function uninitialized(byteLength: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.allocUnsafeSlow(byteLength).buffer);
}
