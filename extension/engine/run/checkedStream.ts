import duckdb, { type DataChunk, type Result } from '@duckdb/node-bindings';
import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import type { RecordBatch, Schema } from 'apache-arrow';
import { cancelledError, PikaError } from '#common/base/pikaError';
import { BatchBuilder } from '../arrow/batchBuilder.ts';
import { queryError } from '../database/duckdbFailure.ts';
import { interruptible, isAborted } from '../database/interruptible.ts';
import type { BoundSelect } from './boundSelect.ts';

/**
 * The rows of a bound SELECT, pulled batch by batch.
 *
 * DuckDB's streaming result ends like a complete one when the statement fails or is interrupted half-way. So at the end
 * the transaction is asked: it has aborted exactly when the statement has, and then the failure is found by running it again.
 */
export class CheckedStream {
  readonly #builder: BatchBuilder;
  /** Read while the chunk before it is copied and sent: DuckDB works only while it is asked. */
  #nextChunk: Promise<DataChunk | null> | null = null;
  #isAtEnd = false;

  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly select: BoundSelect,
    private readonly result: Result,
  ) {
    this.#builder = new BatchBuilder(select.shape.batchColumns);
  }

  get schema(): Schema {
    return this.#builder.schema;
  }

  /** Starts a SELECT, which is closed with the stream; resolves when its first rows are ready. @throws PikaError */
  static async open(connection: DuckDBConnection, select: BoundSelect, signal: AbortSignal): Promise<CheckedStream> {
    try {
      const result = await interruptible(connection, () => select.stream(), signal);
      return new CheckedStream(connection, select, rawResult(result));
    } catch (error) {
      await select.close();
      throw queryError(error);
    }
  }

  /** The next batch, or null at the end. @throws PikaError for a failure anywhere in the statement. */
  async next(signal: AbortSignal): Promise<RecordBatch | null> {
    await interruptible(this.connection, () => this.#fill(signal), signal);
    // An interrupted statement looks complete, so nothing it gave counts.
    if (isAborted(signal)) throw cancelledError();
    if (this.#builder.rowCount > 0) return this.#builder.takeBatch();
    return null;
  }

  /** Lets the memory of a batch be used for another one. */
  recycle(batch: RecordBatch): void {
    this.#builder.recycle(batch);
  }

  /** Ends the transaction; the connection is free again. */
  async close(): Promise<void> {
    await this.#endReading();
    await this.select.close();
  }

  async #fill(signal: AbortSignal): Promise<void> {
    while (!this.#isAtEnd && !this.#builder.isFull) {
      const chunk = await (this.#nextChunk ?? this.#readChunk());
      this.#nextChunk = null;
      if (chunk === null || duckdb.data_chunk_get_size(chunk) === 0) {
        this.#isAtEnd = true;
        await this.#assertComplete(signal);
      } else {
        this.#nextChunk = this.#readChunk();
        this.#builder.add(chunk);
      }
    }
  }

  #readChunk(): Promise<DataChunk | null> {
    const reading = duckdb.fetch_chunk(this.result);
    // Reported by whoever waits for it.
    reading.catch(() => undefined);
    return reading;
  }

  async #endReading(): Promise<void> {
    const reading = this.#nextChunk;
    this.#nextChunk = null;
    if (!reading) return;
    const controller = new AbortController();
    const ending = interruptible(this.connection, () => reading, controller.signal);
    controller.abort();
    await ending.catch(() => undefined);
  }

  async #assertComplete(signal: AbortSignal): Promise<void> {
    try {
      await this.connection.run('SELECT 1');
    } catch {
      // Why it ended is known, and to bind it again for the failure takes DuckDB long and cannot be interrupted.
      if (isAborted(signal)) throw cancelledError();
      throw await this.#findFailure();
    }
  }

  async #findFailure(): Promise<PikaError> {
    const failure = await this.select.findFailure();
    if (failure !== null) return queryError(failure);
    return new PikaError('query-failed', 'The query ended before its last row.', {
      hint: 'Its data may have changed while it ran; run it again.',
    });
  }
}

/** The binding's own handle of a result, which `DuckDBResult` keeps under this name but declares private. */
export function rawResult(result: DuckDBResult): Result {
  return (result as unknown as { readonly result: Result }).result;
}
