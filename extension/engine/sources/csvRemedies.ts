import type { DuckDBConnection } from '@duckdb/node-api';
import type { Remedy } from '#common/base/pikaError';
import { sniffCsv } from './csvDialect.ts';
import { readerCall, type ReaderOptions } from './readerOptions.ts';
import { readRows } from './sourceContext.ts';

const TRIAL_ROWS = 1000;

/** Those remedies with which the beginning of a file really can be read as more than one column, most columns first. */
export async function workingRemedies(
  connection: DuckDBConnection,
  pattern: string,
  options: ReaderOptions,
  candidates: readonly Remedy[],
): Promise<readonly Remedy[]> {
  const trials: { remedy: Remedy; columnCount: number }[] = [];
  for (const remedy of candidates) {
    const columnCount = await readableColumns(connection, pattern, { ...options, ...remedy.readerOptions });
    if (columnCount > 0) trials.push({ remedy, columnCount });
  }
  const most = Math.max(0, ...trials.map(({ columnCount }) => columnCount));
  const isBetter = (columnCount: number) => columnCount > 1 || most === 1;
  return trials.filter(({ columnCount }) => isBetter(columnCount)).map(({ remedy }) => remedy);
}

async function readableColumns(connection: DuckDBConnection, pattern: string, options: ReaderOptions): Promise<number> {
  try {
    const { columns, options: dialect } = await sniffCsv(connection, pattern, options);
    await readRows(connection, `SELECT * FROM ${readerCall('read_csv', [pattern], dialect)} LIMIT ${TRIAL_ROWS}`);
    return columns.length;
  } catch {
    return 0;
  }
}
