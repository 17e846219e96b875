import duckdb, { type Vector } from '@duckdb/node-bindings';
import type { Data, DataType } from 'apache-arrow';
import { Bitmap, isBitSet } from './bitmap.ts';

const BITS_PER_WORD = 64;
const BYTES_PER_WORD = 8;

/**
 * Collects DuckDB vectors of one type as one Arrow column: `load` a vector, `take` ranges of it, `finish` the column.
 * A loaded vector has to stay alive until the last `take`.
 */
export abstract class ColumnBuilder {
  abstract readonly type: DataType;
  #rowCount = 0;
  #validity: Bitmap | undefined;
  #loadedValidity: Uint8Array | null = null;

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Bytes collected so far that depend on the values, such as text; 0 for fixed widths. */
  get variableByteLength(): number {
    return 0;
  }

  /** Reads the first `size` values of a vector. */
  load(vector: Vector, size: number): void {
    this.#loadedValidity = readValidity(vector, size);
    this.loadValues(vector, size);
  }

  /** Appends values of the loaded vector. */
  take(start: number, count: number): void {
    this.takeValues(start, count);
    const validity = this.#loadedValidity;
    if (validity) {
      if (!this.#validity) this.#startValidity();
      this.#validity?.appendBits(validity, start, count);
    } else {
      this.#validity?.appendOnes(count);
    }
    this.#rowCount += count;
  }

  /** The collected column, in the builder's own memory. */
  finish(): Data {
    const nullCount = this.#validity ? this.#rowCount - this.#validity.countOnes() : 0;
    const nullBitmap = nullCount > 0 ? this.#validity?.toBytes() : undefined;
    return this.finishValues({ length: this.#rowCount, nullCount, nullBitmap });
  }

  /** Makes the builder empty again; columns that it finished are no longer valid. */
  clear(): void {
    this.#rowCount = 0;
    this.#validity = undefined;
    this.#loadedValidity = null;
    this.clearValues();
  }

  protected abstract loadValues(vector: Vector, size: number): void;
  protected abstract takeValues(start: number, count: number): void;
  protected abstract finishValues(column: ColumnFacts): Data;
  protected abstract clearValues(): void;

  /** Whether a value of the loaded vector is not NULL. */
  protected isValid(index: number): boolean {
    return this.#loadedValidity === null || isBitSet(this.#loadedValidity, index);
  }

  #startValidity(): void {
    this.#validity = new Bitmap();
    this.#validity.appendOnes(this.#rowCount);
  }
}

/** What every Arrow column has. */
export interface ColumnFacts {
  readonly length: number;
  readonly nullCount: number;
  readonly nullBitmap: Uint8Array | undefined;
}

/** Bytes of the first `size` values of a vector, always a copy of their own. */
export function readVector(vector: Vector, size: number, bytesPerValue: number): Uint8Array {
  return size === 0 ? new Uint8Array(0) : duckdb.vector_get_data(vector, size * bytesPerValue);
}

function readValidity(vector: Vector, size: number): Uint8Array | null {
  if (size === 0) return null;
  const byteCount = Math.ceil(size / BITS_PER_WORD) * BYTES_PER_WORD;
  // The binding answers null, which its types do not say, when no value is NULL.
  return duckdb.vector_get_validity(vector, byteCount);
}
