import { tableFromIPC } from 'apache-arrow';

/** The rows of a small Arrow result as plain objects. */
export function arrowRows(ipc: Uint8Array): Record<string, unknown>[] {
  return tableFromIPC(ipc)
    .toArray()
    .map((row: { toJSON(): Record<string, unknown> }) => row.toJSON());
}

/** The first value of a one-row result as a number. */
export function firstNumber(ipc: Uint8Array): number {
  return Number(tableFromIPC(ipc).getChildAt(0)?.get(0) ?? 0);
}
