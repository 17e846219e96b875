import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { RecordBatchFileWriter } from 'apache-arrow';
import { TakenBytes } from '../arrow/ipcBytes.ts';
import { interruptible } from '../database/interruptible.ts';
import { BoundSelect } from '../run/boundSelect.ts';
import { CheckedStream } from '../run/checkedStream.ts';

/** Writes the rows of a SELECT as an Arrow IPC file, batch by batch, and returns how many there were. */
export async function writeArrowFile(
  connection: DuckDBConnection,
  sql: string,
  path: string,
  signal: AbortSignal,
): Promise<number> {
  const select = await interruptible(connection, () => BoundSelect.bind(connection, { sql }), signal);
  const stream = await CheckedStream.open(connection, select, signal);
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
