import type { Vector } from '@duckdb/node-bindings';
import { makeData, type Data, type DataType } from 'apache-arrow';
import { ByteBuffer } from './byteBuffer.ts';
import { ColumnBuilder, readVector, type ColumnFacts } from './columnBuilder.ts';

const FIRST_ROWS_CAPACITY = 2048;

/** The typed arrays Arrow keeps fixed-width values in. */
export type FixedArrayConstructor =
  | Int8ArrayConstructor
  | Int16ArrayConstructor
  | Int32ArrayConstructor
  | BigInt64ArrayConstructor
  | Uint8ArrayConstructor
  | Uint16ArrayConstructor
  | Uint32ArrayConstructor
  | BigUint64ArrayConstructor
  | Float32ArrayConstructor
  | Float64ArrayConstructor;

/** How a fixed-width type is laid out; DuckDB and Arrow agree byte for byte. */
export interface FixedLayout {
  readonly type: DataType;
  readonly bytesPerValue: number;
  readonly arrayType: FixedArrayConstructor;
}

/** Values whose bytes are the same in DuckDB and in Arrow. */
export class FixedColumn extends ColumnBuilder {
  readonly type: DataType;
  readonly #values: ByteBuffer;
  #loaded: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly layout: FixedLayout,
    expectedRows = FIRST_ROWS_CAPACITY,
  ) {
    super();
    this.type = layout.type;
    this.#values = new ByteBuffer(expectedRows * layout.bytesPerValue);
  }

  protected loadValues(vector: Vector, size: number): void {
    this.#loaded = readVector(vector, size, this.layout.bytesPerValue);
  }

  protected takeValues(start: number, count: number): void {
    const { bytesPerValue } = this.layout;
    this.#values.append(this.#loaded.subarray(start * bytesPerValue, (start + count) * bytesPerValue));
  }

  protected finishValues(column: ColumnFacts): Data {
    const { arrayType } = this.layout;
    const { target, length } = this.#values;
    const data = new arrayType(target.buffer, 0, length / arrayType.BYTES_PER_ELEMENT);
    return makeData({ ...column, type: this.type, data } as never);
  }

  protected clearValues(): void {
    this.#values.clear();
  }
}
