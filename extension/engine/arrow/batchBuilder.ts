import duckdb, { type DataChunk } from '@duckdb/node-bindings';
import { Field, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import { BATCH_ROWS } from '#common/base/limits';
import type { ColumnBuilder } from './columnBuilder.ts';
import type { ColumnFactory } from './columnTypes.ts';

/** Cells per batch, so that a table of thousands of columns does not make batches of gigabytes. */
const MAX_BATCH_CELLS = 8 * 1024 * 1024;
/** Bytes of text after which a batch ends early. */
const MAX_BATCH_TEXT_BYTES = 32 * 1024 * 1024;
const CHUNK_ROWS = 2048;
/** Batches whose memory waits to be filled again: one is filled while others are sent. */
const MAX_SPARE = 2;

/** A column of a batch: its unique name and the maker of its builders. */
export interface BatchColumn {
  readonly name: string;
  readonly factory: ColumnFactory;
}

/** Collects DuckDB chunks as Arrow record batches of at most `BATCH_ROWS` rows. */
export class BatchBuilder {
  #builders: readonly ColumnBuilder[];
  /** Rows of the batch before: the next one will be about as long. */
  #expectedRows = CHUNK_ROWS;
  readonly schema: Schema;
  readonly #maxRows: number;
  #rowCount = 0;
  /** The builders of batches that were taken, and those that may be filled again. */
  readonly #taken = new WeakMap<RecordBatch, readonly ColumnBuilder[]>();
  readonly #spare: (readonly ColumnBuilder[])[] = [];

  constructor(private readonly columns: readonly BatchColumn[]) {
    this.#builders = columns.map(({ factory }) => factory());
    this.schema = new Schema(columns.map(({ name }, i) => new Field(name, this.#builder(i).type, true)));
    this.#maxRows = Math.max(CHUNK_ROWS, Math.min(BATCH_ROWS, Math.floor(MAX_BATCH_CELLS / columns.length)));
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Whether the batch should be taken before another chunk is added. */
  get isFull(): boolean {
    if (this.#rowCount + CHUNK_ROWS > this.#maxRows) return true;
    return this.#builders.reduce((sum, builder) => sum + builder.variableByteLength, 0) > MAX_BATCH_TEXT_BYTES;
  }

  /** Adds the rows of a chunk. */
  add(chunk: DataChunk): void {
    const count = duckdb.data_chunk_get_size(chunk);
    if (this.#builders.length === 0) this.#startBatch();
    for (const [index, builder] of this.#builders.entries()) {
      builder.load(duckdb.data_chunk_get_vector(chunk, index), count);
      builder.take(0, count);
    }
    // Long texts are read through pointers into the chunk, so it has to be reachable until here.
    this.#rowCount += duckdb.data_chunk_get_size(chunk);
  }

  /** The rows collected since the last call; they stay what they are until `recycle`. */
  takeBatch(): RecordBatch {
    const children = this.#builders.map((builder) => builder.finish());
    const type = new Struct(this.schema.fields);
    const data = makeData({ type, length: this.#rowCount, nullCount: 0, children });
    const batch = new RecordBatch(this.schema, data);
    this.#taken.set(batch, this.#builders);
    this.#builders = [];
    this.#expectedRows = this.#rowCount;
    this.#rowCount = 0;
    return batch;
  }

  /** Lets the memory of a batch be written over: fresh memory for each would cost a quarter of the time. */
  recycle(batch: RecordBatch): void {
    const builders = this.#taken.get(batch);
    if (!builders || this.#spare.length >= MAX_SPARE) return;
    this.#taken.delete(batch);
    for (const builder of builders) builder.clear();
    this.#spare.push(builders);
  }

  #startBatch(): void {
    this.#builders = this.#spare.pop() ?? this.columns.map(({ factory }) => factory(this.#expectedRows));
  }

  #builder(index: number): ColumnBuilder {
    const builder = this.#builders[index];
    if (!builder) throw new Error(`no column ${index}`);
    return builder;
  }
}
