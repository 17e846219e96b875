import type { Vector } from '@duckdb/node-bindings';
import { makeData, type Data, type Decimal } from 'apache-arrow';
import { ByteBuffer } from './byteBuffer.ts';
import { ColumnBuilder, readVector, type ColumnFacts } from './columnBuilder.ts';

const DECIMAL_BYTES = 16;
const WORDS_PER_DECIMAL = 4;
const FIRST_ROWS_CAPACITY = 2048;

/** DECIMAL of up to 18 digits: 2, 4 or 8 bytes in DuckDB, widened with its sign to Arrow's 16. */
export class DecimalColumn extends ColumnBuilder {
  readonly #values = new ByteBuffer(FIRST_ROWS_CAPACITY * DECIMAL_BYTES);
  #loaded: DataView = new DataView(new ArrayBuffer(0));

  constructor(
    readonly type: Decimal,
    private readonly bytesPerValue: 2 | 4 | 8,
  ) {
    super();
  }

  protected loadValues(vector: Vector, size: number): void {
    const bytes = readVector(vector, size, this.bytesPerValue);
    this.#loaded = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  protected takeValues(start: number, count: number): void {
    const at = this.#values.reserve(count * DECIMAL_BYTES);
    const words = new Int32Array(this.#values.target.buffer, at, count * WORDS_PER_DECIMAL);
    for (let i = 0; i < count; i++) {
      const low = this.#lowWord(start + i);
      const high = this.bytesPerValue === 8 ? this.#loaded.getInt32((start + i) * 8 + 4, true) : low >> 31;
      const sign = high >> 31;
      const word = i * WORDS_PER_DECIMAL;
      words[word] = low;
      words[word + 1] = high;
      words[word + 2] = sign;
      words[word + 3] = sign;
    }
  }

  protected finishValues(column: ColumnFacts): Data {
    const data = new Uint32Array(this.#values.target.buffer, 0, column.length * WORDS_PER_DECIMAL);
    return makeData({ ...column, type: this.type, data });
  }

  protected clearValues(): void {
    this.#values.clear();
  }

  #lowWord(index: number): number {
    const offset = index * this.bytesPerValue;
    return this.bytesPerValue === 2 ? this.#loaded.getInt16(offset, true) : this.#loaded.getInt32(offset, true);
  }
}
