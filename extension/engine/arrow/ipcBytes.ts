import {
  AsyncByteQueue,
  RecordBatchStreamWriter,
  Table,
  tableToIPC,
  type RecordBatch,
  type Schema,
} from 'apache-arrow';
import { exactBytes } from '#common/base/bytes';

/** Record batches of one schema as a complete Arrow IPC stream. */
export function ipcBytes(schema: Schema, batches: readonly RecordBatch[]): Uint8Array<ArrayBuffer> {
  return exactBytes(tableToIPC(new Table(schema, [...batches]), 'stream'));
}

/** The same of one batch, in pieces; those that are values lie in the batch's own memory. */
export function ipcPieces(batch: RecordBatch): readonly Uint8Array[] {
  const pieces = new TakenBytes();
  const writer = new RecordBatchStreamWriter();
  writer.reset(pieces, batch.schema);
  writer.write(batch);
  writer.finish();
  return pieces.take();
}

/** Keeps what an Arrow writer writes until it is taken. */
export class TakenBytes extends AsyncByteQueue {
  #parts: Uint8Array[] = [];

  override write(part: Uint8Array): void {
    if (part.byteLength > 0) this.#parts.push(part);
  }

  take(): readonly Uint8Array[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }
}
