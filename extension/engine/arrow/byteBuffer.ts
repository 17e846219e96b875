/** A growing run of bytes; capacity doubles, so appending costs a constant each. */
export class ByteBuffer {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(initialCapacity: number) {
    this.#bytes = new Uint8Array(initialCapacity);
  }

  get length(): number {
    return this.#length;
  }

  /** Makes room for `count` more bytes and returns where they go; the caller fills them in `target`. */
  reserve(count: number): number {
    const start = this.#length;
    const needed = start + count;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, start));
      this.#bytes = grown;
    }
    this.#length = needed;
    return start;
  }

  /** Forgets the bytes and keeps the room. */
  clear(): void {
    this.#length = 0;
  }

  append(source: Uint8Array): void {
    const start = this.reserve(source.length);
    this.#bytes.set(source, start);
  }

  /** All bytes including unused capacity; changes identity when the buffer grows. */
  get target(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  /** The bytes in use, not copied. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }
}
