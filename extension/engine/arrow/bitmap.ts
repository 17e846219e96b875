const BITS_PER_BYTE = 8;
const ALL_BITS = 0xff;

/** A growing bitmap, least significant bit first, as Arrow and DuckDB both lay it out. */
export class Bitmap {
  #bytes = new Uint8Array(BITS_PER_BYTE);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Appends `count` ones. */
  appendOnes(count: number): void {
    const end = this.#grow(count);
    let bit = this.#length;
    while (bit < end && bit % BITS_PER_BYTE !== 0) this.#setBit(bit++);
    const lastWholeByte = Math.floor(end / BITS_PER_BYTE);
    if (bit < end && bit / BITS_PER_BYTE < lastWholeByte) {
      this.#bytes.fill(ALL_BITS, bit / BITS_PER_BYTE, lastWholeByte);
      bit = lastWholeByte * BITS_PER_BYTE;
    }
    while (bit < end) this.#setBit(bit++);
    this.#length = end;
  }

  /** Appends bits `start` to `start + count` of another bitmap. */
  appendBits(source: Uint8Array, start: number, count: number): void {
    const end = this.#grow(count);
    if (start % BITS_PER_BYTE === 0) this.#appendBytes(source.subarray(start / BITS_PER_BYTE), count);
    else for (let i = 0; i < count; i++) if (isBitSet(source, start + i)) this.#setBit(this.#length + i);
    this.#length = end;
  }

  /** Appends one bit per byte: the byte's lowest bit, for DuckDB leaves the others undefined under NULL. */
  appendLowestBits(source: Uint8Array, start: number, count: number): void {
    const end = this.#grow(count);
    for (let i = 0; i < count; i++) if ((source[start + i] ?? 0) & 1) this.#setBit(this.#length + i);
    this.#length = end;
  }

  /** How many of its bits are ones. */
  countOnes(): number {
    let count = 0;
    for (const byte of this.toBytes()) count += ONES[byte] ?? 0;
    return count;
  }

  /** The bytes in use, not copied; bits after the last are zero. */
  toBytes(): Uint8Array {
    return this.#bytes.subarray(0, Math.ceil(this.#length / BITS_PER_BYTE));
  }

  #appendBytes(source: Uint8Array, count: number): void {
    const byteCount = Math.ceil(count / BITS_PER_BYTE);
    const shift = this.#length % BITS_PER_BYTE;
    const first = Math.floor(this.#length / BITS_PER_BYTE);
    const bytes = this.#bytes;
    const unusedBits = byteCount * BITS_PER_BYTE - count;
    for (let i = 0; i < byteCount; i++) {
      const byte = i === byteCount - 1 ? (source[i] ?? 0) & (ALL_BITS >> unusedBits) : (source[i] ?? 0);
      bytes[first + i] = (bytes[first + i] ?? 0) | (byte << shift);
      if (shift > 0) bytes[first + i + 1] = byte >> (BITS_PER_BYTE - shift);
    }
  }

  #setBit(bit: number): void {
    const byte = bit >> 3;
    this.#bytes[byte] = (this.#bytes[byte] ?? 0) | (1 << (bit & 7));
  }

  #grow(count: number): number {
    const end = this.#length + count;
    const neededBytes = Math.ceil(end / BITS_PER_BYTE) + 1;
    if (neededBytes > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(neededBytes, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    return end;
  }
}

/** Whether a bit is one. */
export function isBitSet(bytes: Uint8Array, bit: number): boolean {
  return (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
}

const ONES = Uint8Array.from({ length: ALL_BITS + 1 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);
