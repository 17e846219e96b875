import duckdb, { type DataChunk, type Result } from '@duckdb/node-bindings';
import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import type { RecordBatch, Schema } from 'apache-arrow';
import { cancelledError, PikaError } from '#common/base/pikaError';
import type { QueryValue } from '#common/protocol/engineContract';
import { BatchBuilder, type BatchColumn } from '../arrow/batchBuilder.ts';
import { queryError } from '../database/duckdbFailure.ts';
import { interruptible, isAborted } from '../database/interruptible.ts';

/** A statement whose result columns are known. */
export interface StreamStatement {
  readonly sql: string;
  readonly params: readonly QueryValue[];
  readonly batchColumns: readonly BatchColumn[];
}

/**
 * A result pulled batch by batch over a connection of its own, in a read-only transaction.
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
    private readonly statement: StreamStatement,
    private readonly result: Result,
  ) {
    this.#builder = new BatchBuilder(statement.batchColumns);
  }

  get schema(): Schema {
    return this.#builder.schema;
  }

  /** Starts the statement; resolves when its first rows are ready. @throws PikaError */
  static async open(
    connection: DuckDBConnection,
    statement: StreamStatement,
    signal: AbortSignal,
  ): Promise<CheckedStream> {
    try {
      const start = async () => {
        await connection.run('BEGIN TRANSACTION READ ONLY');
        return connection.stream(statement.sql, [...statement.params]);
      };
      const result = await interruptible(connection, start, signal);
      return new CheckedStream(connection, statement, rawResult(result));
    } catch (error) {
      await endTransaction(connection);
      throw queryError(error);
    }
  }

  /** The next batch, or null at the end. @throws PikaError for a failure anywhere in the statement. */
  async next(signal: AbortSignal): Promise<RecordBatch | null> {
    await interruptible(this.connection, () => this.#fill(), signal);
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
    await endTransaction(this.connection);
  }

  async #fill(): Promise<void> {
    while (!this.#isAtEnd && !this.#builder.isFull) {
      const chunk = await (this.#nextChunk ?? this.#readChunk());
      this.#nextChunk = null;
      if (chunk === null || duckdb.data_chunk_get_size(chunk) === 0) {
        this.#isAtEnd = true;
        await this.#assertComplete();
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

  async #assertComplete(): Promise<void> {
    try {
      await this.connection.run('SELECT 1');
    } catch {
      await endTransaction(this.connection);
      throw await this.#findFailure();
    }
  }

  async #findFailure(): Promise<PikaError> {
    try {
      await this.connection.run(`EXPLAIN ANALYZE ${this.statement.sql}`, [...this.statement.params]);
    } catch (error) {
      return queryError(error);
    }
    return new PikaError('query-failed', 'The query ended before its last row.', {
      hint: 'Its data may have changed while it ran; run it again.',
    });
  }
}

/** Leaves a transaction, if there is one. */
export async function endTransaction(connection: DuckDBConnection): Promise<void> {
  try {
    await connection.run('ROLLBACK');
  } catch {
    // There is no transaction when starting one was what failed.
  }
}

/** The binding's own handle of a result, which `DuckDBResult` keeps under this name but declares private. */
export function rawResult(result: DuckDBResult): Result {
  return (result as unknown as { readonly result: Result }).result;
}
