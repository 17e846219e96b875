import duckdb, { type Vector } from '@duckdb/node-bindings';
import { Field, FixedSizeList, List, makeData, Struct, type Data } from 'apache-arrow';
import { ByteBuffer } from './byteBuffer.ts';
import { ColumnBuilder, readVector, type ColumnFacts } from './columnBuilder.ts';

const ENTRY_BYTES = 16;
const ENTRY_WORDS = 4;
const BYTES_PER_OFFSET = 4;
const FIRST_ROWS_CAPACITY = 2048;

/** LIST: entries may lie anywhere in the child vector; Arrow wants their children in order, so runs are copied in order. */
export class ListColumn extends ColumnBuilder {
  readonly type: List;
  readonly #ends = new ByteBuffer((FIRST_ROWS_CAPACITY + 1) * BYTES_PER_OFFSET);
  #entries: Uint32Array = new Uint32Array(0);

  constructor(private readonly child: ColumnBuilder) {
    super();
    this.type = new List(new Field('item', child.type, true));
    this.#ends.reserve(BYTES_PER_OFFSET);
  }

  override get variableByteLength(): number {
    return this.child.rowCount * BYTES_PER_OFFSET + this.child.variableByteLength;
  }

  protected loadValues(vector: Vector, size: number): void {
    const bytes = readVector(vector, size, ENTRY_BYTES);
    this.#entries = new Uint32Array(bytes.buffer, bytes.byteOffset, size * ENTRY_WORDS);
    this.child.load(duckdb.list_vector_get_child(vector), duckdb.list_vector_get_size(vector));
  }

  protected takeValues(start: number, count: number): void {
    const at = this.#ends.reserve(count * BYTES_PER_OFFSET);
    const ends = new Int32Array(this.#ends.target.buffer, at, count);
    let end = this.child.rowCount;
    let runStart = 0;
    let runEnd = 0;
    for (let i = 0; i < count; i++) {
      const entry = (start + i) * ENTRY_WORDS;
      const length = this.isValid(start + i) ? (this.#entries[entry + 2] ?? 0) : 0;
      const first = this.#entries[entry] ?? 0;
      if (length > 0 && first !== runEnd) {
        this.child.take(runStart, runEnd - runStart);
        runStart = first;
        runEnd = first;
      }
      runEnd += length;
      end += length;
      ends[i] = end;
    }
    this.child.take(runStart, runEnd - runStart);
  }

  protected finishValues(column: ColumnFacts): Data {
    const valueOffsets = new Int32Array(this.#ends.target.buffer, 0, column.length + 1);
    return makeData({ ...column, type: this.type, valueOffsets, child: this.child.finish() });
  }

  protected clearValues(): void {
    this.#ends.clear();
    this.#ends.reserve(BYTES_PER_OFFSET);
    this.child.clear();
  }
}

/** ARRAY: a fixed number of children per row, NULL rows included. */
export class ArrayColumn extends ColumnBuilder {
  readonly type: FixedSizeList;

  constructor(
    private readonly child: ColumnBuilder,
    private readonly size: number,
  ) {
    super();
    this.type = new FixedSizeList(size, new Field('item', child.type, true));
  }

  override get variableByteLength(): number {
    return this.child.variableByteLength;
  }

  protected loadValues(vector: Vector, size: number): void {
    this.child.load(duckdb.array_vector_get_child(vector), size * this.size);
  }

  protected takeValues(start: number, count: number): void {
    this.child.take(start * this.size, count * this.size);
  }

  protected finishValues(column: ColumnFacts): Data {
    return makeData({ ...column, type: this.type, child: this.child.finish() });
  }

  protected clearValues(): void {
    this.child.clear();
  }
}

/** A named child of a STRUCT. */
export interface StructMember {
  readonly name: string;
  readonly builder: ColumnBuilder;
}

/** STRUCT: one child vector per member. */
export class StructColumn extends ColumnBuilder {
  readonly type: Struct;

  constructor(private readonly members: readonly StructMember[]) {
    super();
    this.type = new Struct(members.map(({ name, builder }) => new Field(name, builder.type, true)));
  }

  override get variableByteLength(): number {
    return this.members.reduce((sum, { builder }) => sum + builder.variableByteLength, 0);
  }

  protected loadValues(vector: Vector, size: number): void {
    this.members.forEach(({ builder }, index) => builder.load(duckdb.struct_vector_get_child(vector, index), size));
  }

  protected takeValues(start: number, count: number): void {
    for (const { builder } of this.members) builder.take(start, count);
  }

  protected finishValues(column: ColumnFacts): Data {
    const children = this.members.map(({ builder }) => builder.finish());
    return makeData({ ...column, type: this.type, children });
  }

  protected clearValues(): void {
    for (const { builder } of this.members) builder.clear();
  }
}
