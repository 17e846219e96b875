import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { RecordBatchFileWriter } from 'apache-arrow';
import { TakenBytes } from '../arrow/ipcBytes.ts';
import { CheckedStream } from '../run/checkedStream.ts';
import type { QueryShape } from '../run/queryShape.ts';

/** Writes the rows of a query as an Arrow IPC file, batch by batch, and returns how many there were. */
export async function writeArrowFile(
  connection: DuckDBConnection,
  shape: QueryShape,
  path: string,
  signal: AbortSignal,
): Promise<number> {
  const statement = { sql: shape.statement(), params: [], batchColumns: shape.batchColumns };
  const stream = await CheckedStream.open(connection, statement, signal);
  let rowCount = 0;
  const count = (rows: number) => void (rowCount += rows);
  try {
    await pipeline(fileBytes(stream, count, signal), createWriteStream(path, { flags: 'wx' }));
    return rowCount;
  } finally {
    await stream.close();
  }
}

async function* fileBytes(
  stream: CheckedStream,
  count: (rows: number) => void,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const bytes = new TakenBytes();
  const writer = new RecordBatchFileWriter();
  writer.reset(bytes, stream.schema);
  // What is taken is at most one batch that waits for the disk.
  for (let batch = await stream.next(signal); batch; batch = await stream.next(signal)) {
    writer.write(batch);
    count(batch.numRows);
    yield* bytes.take();
  }
  writer.finish();
  yield* bytes.take();
}
