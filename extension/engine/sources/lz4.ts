const FRAME_MAGIC = 0x184d2204;
const HEADER_BYTES = 7;
const HAS_DICTIONARY = 0x01;
const HAS_CONTENT_SIZE = 0x08;
const HAS_BLOCK_CHECKSUM = 0x10;
const STORED = 0x80000000;
const MIN_MATCH = 4;
const LONG_LENGTH = 15;
const MORE_LENGTH = 255;
const EXPECTED_RATIO = 4;

/**
 * Unpacks an LZ4 frame; Feather files keep their columns in such.
 * Source: the published LZ4 frame and block formats. @throws RangeError when the frame is damaged.
 */
export function unpackLz4(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== FRAME_MAGIC) throw new RangeError('no LZ4 frame');
  const flags = view.getUint8(4);
  const output = new Output(frame.length * EXPECTED_RATIO);
  let at = HEADER_BYTES + (flags & HAS_CONTENT_SIZE ? 8 : 0) + (flags & HAS_DICTIONARY ? 4 : 0);
  for (let size = view.getUint32(at, true); size !== 0; size = view.getUint32(at, true)) {
    const isStored = size >= STORED;
    const byteCount = isStored ? size - STORED : size;
    const block = frame.subarray(at + 4, at + 4 + byteCount);
    if (block.length < byteCount) throw new RangeError('an LZ4 block is cut off');
    if (isStored) output.append(block, 0, byteCount);
    else unpackBlock(block, output);
    at += 4 + byteCount + (flags & HAS_BLOCK_CHECKSUM ? 4 : 0);
  }
  return output.toBytes();
}

/** A block is a run of sequences: literals, then a match in what has been unpacked; the last one has no match. */
function unpackBlock(block: Uint8Array, output: Output): void {
  let at = 0;
  const byte = () => {
    const value = block[at++];
    if (value === undefined) throw new RangeError('an LZ4 block is cut off');
    return value;
  };
  const longLength = (start: number) => {
    let length = start;
    for (let more = start === LONG_LENGTH ? byte() : 0; more > 0; more = more === MORE_LENGTH ? byte() : 0) {
      length += more;
    }
    return length;
  };
  while (at < block.length) {
    const token = byte();
    const literalCount = longLength(token >> 4);
    output.append(block, at, literalCount);
    at += literalCount;
    if (at >= block.length) return;
    const distance = byte() | (byte() << 8);
    output.repeat(distance, longLength(token & LONG_LENGTH) + MIN_MATCH);
  }
}

class Output {
  #bytes: Uint8Array;
  #length = 0;

  constructor(expectedBytes: number) {
    this.#bytes = new Uint8Array(expectedBytes);
  }

  append(source: Uint8Array, start: number, count: number): void {
    if (start + count > source.length) throw new RangeError('an LZ4 block is cut off');
    this.#grow(count);
    this.#bytes.set(source.subarray(start, start + count), this.#length);
    this.#length += count;
  }

  /** Copies from `distance` bytes back; the copy may overlap itself. */
  repeat(distance: number, count: number): void {
    if (distance === 0 || distance > this.#length) throw new RangeError('an LZ4 match lies outside');
    this.#grow(count);
    const bytes = this.#bytes;
    const start = this.#length;
    if (distance >= count) bytes.copyWithin(start, start - distance, start - distance + count);
    else for (let i = start; i < start + count; i++) bytes[i] = bytes[i - distance] ?? 0;
    this.#length += count;
  }

  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
