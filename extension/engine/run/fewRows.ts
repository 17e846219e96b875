import duckdb from '@duckdb/node-bindings';
import type { DuckDBConnection, DuckDBMaterializedResult } from '@duckdb/node-api';
import type { RecordBatch, Schema } from 'apache-arrow';
import { cancelledError } from '#common/base/pikaError';
import { BatchBuilder, type BatchColumn } from '../arrow/batchBuilder.ts';
import { queryError } from '../database/duckdbFailure.ts';
import { interruptible, isAborted } from '../database/interruptible.ts';
import type { BoundSelect } from './boundSelect.ts';
import { rawResult } from './checkedStream.ts';

/**
 * So many rows are read at once: each step of a stream waits for a thread of the pool, and for few rows that is most of
 * the time. DuckDB keeps a whole result outside of its memory limit, so more rows than this are streamed.
 */
export const FEW_ROWS = 2048;

/** Runs a SELECT that gives at most `FEW_ROWS` rows, and closes it. @throws PikaError */
export async function readFewRows(
  connection: DuckDBConnection,
  select: BoundSelect,
  signal: AbortSignal,
): Promise<{ readonly schema: Schema; readonly batches: readonly RecordBatch[] }> {
  try {
    const result = await interruptible(connection, () => select.run(), signal);
    if (isAborted(signal)) throw cancelledError();
    return batchesOf(result, select.shape.batchColumns);
  } catch (error) {
    throw queryError(error);
  } finally {
    await select.close();
  }
}

function batchesOf(result: DuckDBMaterializedResult, batchColumns: readonly BatchColumn[]) {
  const raw = rawResult(result);
  const builder = new BatchBuilder(batchColumns);
  const batches: RecordBatch[] = [];
  const chunkCount = duckdb.result_chunk_count(raw);
  for (let index = 0; index < chunkCount; index++) {
    if (builder.isFull) batches.push(builder.takeBatch());
    builder.add(duckdb.result_get_chunk(raw, index));
  }
  if (builder.rowCount > 0) batches.push(builder.takeBatch());
  return { schema: builder.schema, batches };
}
