import duckdb, { type Vector } from '@duckdb/node-bindings';
import { makeData, type Binary, type Data, type Utf8 } from 'apache-arrow';
import { PikaError } from '#common/base/pikaError';
import { ByteBuffer } from './byteBuffer.ts';
import { ColumnBuilder, readVector, type ColumnFacts } from './columnBuilder.ts';

/** Bytes of DuckDB's string header: length, then the text itself or a 4-byte prefix and a pointer. */
const HEADER_BYTES = 16;
const HEADER_WORDS = 4;
const INLINE_BYTES = 12;
const POINTER_OFFSET = 8;
/** Texts this close together are read in one call: the bytes between lie in a page that one of them is in. */
const MAX_GAP_BYTES = 64;
const SMALL_COPY_BYTES = 64;
const WORD_RANGE = 2 ** 32;
const MAX_COLUMN_BYTES = 2 ** 31 - 1;
const FIRST_ROWS_CAPACITY = 2048;
const BYTES_PER_OFFSET = 4;

/** VARCHAR and BLOB. Long values are read through DuckDB's pointers, neighbours in one call. */
export class TextColumn extends ColumnBuilder {
  readonly #bytes: ByteBuffer;
  readonly #ends: ByteBuffer;
  #headers: Uint8Array = new Uint8Array(0);
  #words: Uint32Array = new Uint32Array(0);

  constructor(
    readonly type: Utf8 | Binary,
    expectedRows = FIRST_ROWS_CAPACITY,
  ) {
    super();
    this.#bytes = new ByteBuffer(expectedRows * INLINE_BYTES);
    this.#ends = new ByteBuffer((expectedRows + 1) * BYTES_PER_OFFSET);
    this.#ends.reserve(BYTES_PER_OFFSET);
  }

  override get variableByteLength(): number {
    return this.#bytes.length;
  }

  protected loadValues(vector: Vector, size: number): void {
    this.#headers = readVector(vector, size, HEADER_BYTES);
    this.#words = new Uint32Array(this.#headers.buffer, this.#headers.byteOffset, size * HEADER_WORDS);
  }

  protected takeValues(start: number, count: number): void {
    const base = this.#bytes.length;
    const at = this.#ends.reserve(count * BYTES_PER_OFFSET);
    const ends = new Int32Array(this.#ends.target.buffer, at, count);
    let end = base;
    for (let i = 0; i < count; i++) {
      end += this.#lengthAt(start + i);
      ends[i] = end;
    }
    if (end > MAX_COLUMN_BYTES) throw textTooLong();
    this.#bytes.reserve(end - base);
    this.#copyTexts(start, count, base);
  }

  protected finishValues(column: ColumnFacts): Data {
    const valueOffsets = new Int32Array(this.#ends.target.buffer, 0, column.length + 1);
    return makeData({ ...column, type: this.type, valueOffsets, data: this.#bytes.toBytes() } as never);
  }

  protected clearValues(): void {
    this.#bytes.clear();
    this.#ends.clear();
    this.#ends.reserve(BYTES_PER_OFFSET);
  }

  #lengthAt(index: number): number {
    return this.isValid(index) ? (this.#words[index * HEADER_WORDS] ?? 0) : 0;
  }

  #copyTexts(start: number, count: number, base: number): void {
    let offset = base;
    for (let index = start; index < start + count; index++) {
      const length = this.#lengthAt(index);
      if (length > INLINE_BYTES) {
        const run = this.#longRun(index, start + count);
        offset = this.#copyRun(index, run, offset);
        index = run.last;
      } else {
        copySmall(this.#headers, index * HEADER_BYTES + 4, length, this.#bytes.target, offset);
        offset += length;
      }
    }
  }

  /** The texts from `first` on that lie close behind one another in memory, and how many bytes they span. */
  #longRun(first: number, end: number): { last: number; byteLength: number } {
    const words = this.#words;
    const low = words[first * HEADER_WORDS + 2] ?? 0;
    const high = words[first * HEADER_WORDS + 3] ?? 0;
    let last = first;
    let runEnd = low + this.#lengthAt(first);
    for (let index = first + 1; index < end && runEnd < WORD_RANGE; index++) {
      const length = this.#lengthAt(index);
      if (length <= INLINE_BYTES) continue;
      const pointer = words[index * HEADER_WORDS + 2] ?? 0;
      const isNear = pointer >= runEnd && pointer - runEnd < MAX_GAP_BYTES && pointer + length < WORD_RANGE;
      if (words[index * HEADER_WORDS + 3] !== high || !isNear) break;
      runEnd = pointer + length;
      last = index;
    }
    return { last, byteLength: runEnd - low };
  }

  #copyRun(first: number, run: { last: number; byteLength: number }, at: number): number {
    const words = this.#words;
    const target = this.#bytes.target;
    const headers = this.#headers;
    const low = words[first * HEADER_WORDS + 2] ?? 0;
    const pointerAt = headers.byteOffset + first * HEADER_BYTES + POINTER_OFFSET;
    const source = duckdb.get_data_from_pointer(headers.buffer as ArrayBuffer, pointerAt, run.byteLength);
    let offset = at;
    for (let index = first; index <= run.last; index++) {
      const length = this.#lengthAt(index);
      if (length <= INLINE_BYTES) copySmall(headers, index * HEADER_BYTES + 4, length, target, offset);
      else copy(source, (words[index * HEADER_WORDS + 2] ?? 0) - low, length, target, offset);
      offset += length;
    }
    return offset;
  }
}

function copy(source: Uint8Array, from: number, length: number, target: Uint8Array, at: number): void {
  if (length < SMALL_COPY_BYTES) copySmall(source, from, length, target, at);
  else target.set(source.subarray(from, from + length), at);
}

function copySmall(source: Uint8Array, from: number, length: number, target: Uint8Array, at: number): void {
  for (let i = 0; i < length; i++) target[at + i] = source[from + i] ?? 0;
}

function textTooLong(): PikaError {
  return new PikaError('query-failed', 'One text column holds more than 2 GB in a single batch of rows.', {
    hint: 'Select a part of the text, for example left(column, 1000).',
  });
}
