import { Table, tableToIPC, type RecordBatch, type Schema } from 'apache-arrow';
import { exactBytes } from '#common/base/bytes';

/** Record batches of one schema as a complete Arrow IPC stream. */
export function ipcBytes(schema: Schema, batches: readonly RecordBatch[]): Uint8Array<ArrayBuffer> {
  return exactBytes(tableToIPC(new Table(schema, [...batches]), 'stream'));
}
