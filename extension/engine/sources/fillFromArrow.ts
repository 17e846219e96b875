import duckdb from '@duckdb/node-bindings';
import { DuckDBDataChunk, type DuckDBAppender, type DuckDBConnection, type DuckDBType } from '@duckdb/node-api';
import { Vector, type Data, type DataType, type RecordBatch, type Schema } from 'apache-arrow';
import { cancelledError } from '#common/base/pikaError';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { quoteIdentifier } from '../../query/quote.ts';
import { queryError } from '../database/duckdbFailure.ts';
import { duckdbTypeOf, hasSameBytes } from './arrowTypes.ts';
import { valueReader, type ValueReader } from './arrowValues.ts';

const CHUNK_ROWS = 2048;
const BITS_PER_BYTE = 8;
/** Chunks between two pauses in which other messages are heard. */
const CHUNKS_PER_PAUSE = 16;

/** The table to fill, in parts, for an appender wants them apart. */
export interface TargetTable {
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
}

/** Creates a table of an Arrow schema and copies record batches into it. */
export async function fillFromArrow(
  connection: DuckDBConnection,
  target: TargetTable,
  { schema, batches }: { readonly schema: Schema; readonly batches: AsyncIterable<RecordBatch> },
  signal: AbortSignal,
): Promise<void> {
  const types = duckdbTypes(schema);
  try {
    await createTable(connection, target, uniqueNames(schema), types);
    const appender = await connection.createAppender(target.table, target.schema, target.catalog);
    try {
      for await (const batch of batches) await appendBatch(appender, batch, types, signal);
    } finally {
      appender.closeSync();
    }
  } catch (error) {
    throw queryError(error);
  }
}

/** The columns of the table that an Arrow schema becomes. */
export function arrowColumns(schema: Schema): readonly ColumnInfo[] {
  const types = duckdbTypes(schema);
  return uniqueNames(schema).map((name, i) => ({ name, type: String(types[i]) }));
}

function duckdbTypes({ fields }: Schema): readonly DuckDBType[] {
  return fields.map(({ type }) => duckdbTypeOf(type as DataType));
}

async function createTable(
  connection: DuckDBConnection,
  { catalog, schema, table }: TargetTable,
  names: readonly string[],
  types: readonly DuckDBType[],
): Promise<void> {
  const columns = names.map((name, i) => `${quoteIdentifier(name)} ${String(types[i])}`);
  const name = [catalog, schema, table].map(quoteIdentifier).join('.');
  await connection.run(`CREATE TABLE ${name} (${columns.join(', ')})`);
}

/** Column names as DuckDB wants them: none empty, none equal but for case. */
function uniqueNames({ fields }: Schema): readonly string[] {
  const taken = new Set<string>();
  return fields.map(({ name }, index) => {
    const base = name === '' ? `column${index}` : name;
    let unique = base;
    for (let count = 1; taken.has(unique.toLowerCase()); count++) unique = `${base}_${count}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

async function appendBatch(
  appender: DuckDBAppender,
  batch: RecordBatch,
  types: readonly DuckDBType[],
  signal: AbortSignal,
): Promise<void> {
  const writers = batch.data.children.map((data) => columnWriter(data));
  for (let start = 0, chunkCount = 0; start < batch.numRows; start += CHUNK_ROWS, chunkCount++) {
    const count = Math.min(CHUNK_ROWS, batch.numRows - start);
    const chunk = DuckDBDataChunk.create(types, count);
    writers.forEach((write, column) => write(chunk, column, { start, count }));
    appender.appendDataChunk(chunk);
    if (chunkCount % CHUNKS_PER_PAUSE === 0) await pause();
    if (signal.aborted) throw cancelledError();
  }
}

type ColumnWriter = (chunk: DuckDBDataChunk, column: number, rows: { start: number; count: number }) => void;

function columnWriter(data: Data): ColumnWriter {
  const isByteAligned = data.offset % BITS_PER_BYTE === 0 || data.nullCount === 0;
  if (hasSameBytes(data.type) && isByteAligned) return (chunk, column, rows) => copyBytes(data, chunk, column, rows);
  const read: ValueReader = valueReader(new Vector([data]));
  return (chunk, column, { start, count }) =>
    chunk.setColumnValues(
      column,
      Array.from({ length: count }, (_, i) => read(start + i)),
    );
}

function copyBytes(
  data: Data,
  chunk: DuckDBDataChunk,
  column: number,
  { start, count }: { start: number; count: number },
): void {
  const values = data.values as Uint8Array | Float64Array | BigInt64Array;
  const width = values.BYTES_PER_ELEMENT;
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, column);
  const buffer = values.buffer as ArrayBuffer;
  duckdb.copy_data_to_vector(vector, 0, buffer, values.byteOffset + start * width, count * width);
  if (data.nullCount === 0) return;
  const bitmap = data.nullBitmap;
  const firstByte = bitmap.byteOffset + (data.offset + start) / BITS_PER_BYTE;
  duckdb.vector_ensure_validity_writable(vector);
  const byteCount = Math.ceil(count / BITS_PER_BYTE);
  duckdb.copy_data_to_vector_validity(vector, 0, bitmap.buffer as ArrayBuffer, firstByte, byteCount);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
