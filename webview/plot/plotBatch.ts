import { PikaError } from '#common/base/pikaError';
import { tableFromIPC } from 'apache-arrow';

/** The columns of one batch, all of `rowCount` rows. */
export interface PlotBatch {
  readonly rowCount: number;
  readonly columns: Readonly<Record<string, Uint32Array<ArrayBuffer>>>;
}

/**
 * Reads a batch's Arrow IPC stream; 32-bit columns stay views of the bytes, narrower ones are widened.
 * @throws PikaError `internal` when a column does not hold unsigned integers.
 */
export function readPlotBatch(ipc: Uint8Array): PlotBatch {
  const table = tableFromIPC(ipc);
  const columns = table.schema.fields.map(({ name }) => {
    const values: unknown = table.getChild(name)?.toArray();
    return [name, toCodes(values, name)] as const;
  });
  return { rowCount: table.numRows, columns: Object.fromEntries(columns) };
}

/** A column of a batch; absent ones are empty. */
export function columnOf(batch: PlotBatch, name: string): Uint32Array<ArrayBuffer> {
  return batch.columns[name] ?? new Uint32Array(0);
}

/** One array of all batches' values. */
export function joinColumn(batches: readonly PlotBatch[], name: string): Uint32Array<ArrayBuffer> {
  const joined = new Uint32Array(batches.reduce((sum, batch) => sum + batch.rowCount, 0));
  let row = 0;
  for (const batch of batches) {
    joined.set(columnOf(batch, name), row);
    row += batch.rowCount;
  }
  return joined;
}

function toCodes(values: unknown, name: string): Uint32Array<ArrayBuffer> {
  if (values instanceof Uint32Array) return values as Uint32Array<ArrayBuffer>;
  if (values instanceof Uint16Array || values instanceof Uint8Array) return new Uint32Array(values);
  throw new PikaError('internal', `The plot column ${name} does not hold unsigned integers.`);
}
