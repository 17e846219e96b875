import type { Vector } from '@duckdb/node-bindings';
import { Bool, makeData, type Data } from 'apache-arrow';
import { Bitmap } from './bitmap.ts';
import { ColumnBuilder, readVector, type ColumnFacts } from './columnBuilder.ts';

/** BOOLEAN: a byte each in DuckDB, a bit each in Arrow. */
export class BoolColumn extends ColumnBuilder {
  readonly type = new Bool();
  #bits = new Bitmap();
  #loaded: Uint8Array = new Uint8Array(0);

  protected loadValues(vector: Vector, size: number): void {
    this.#loaded = readVector(vector, size, 1);
  }

  protected takeValues(start: number, count: number): void {
    this.#bits.appendLowestBits(this.#loaded, start, count);
  }

  protected finishValues(column: ColumnFacts): Data {
    return makeData({ ...column, type: this.type, data: this.#bits.toBytes() });
  }

  protected clearValues(): void {
    this.#bits = new Bitmap();
  }
}
