import type { DuckDBConnection } from '@duckdb/node-api';
import { cancelledError } from '#common/base/pikaError';
import type { ExportResult, ExportSpec } from '#common/protocol/exportContract';
import { interruptible, isAborted } from '../database/interruptible.ts';
import { shapeQuery } from '../run/boundSelect.ts';
import { copySql } from './copySql.ts';
import { exportColumns } from './exportColumns.ts';
import type { ExportTarget } from './exportTarget.ts';
import { writeArrowFile } from './writeArrowFile.ts';
import { writeTable } from './writeTable.ts';

/** What is to be written where. */
export interface Writing {
  /** A SELECT that has passed the gate. */
  readonly sql: string;
  readonly spec: ExportSpec;
  /** The unfinished file. */
  readonly path: string;
  /** What it will become; null when it is only read again. */
  readonly target: ExportTarget | null;
}

/** Writes all rows of a SELECT to a new file. @throws PikaError `cancelled` whenever `signal` has aborted by the end. */
export async function writeRows(
  connection: DuckDBConnection,
  { sql, spec, path, target }: Writing,
  signal: AbortSignal,
): Promise<Pick<ExportResult, 'rowCount' | 'notices'>> {
  const shape = await interruptible(connection, () => shapeQuery(connection, sql), signal);
  const { sql: select, notices } = exportColumns(sql, shape, spec.format);
  const write = (): Promise<number> => {
    if (spec.format === 'arrow') return writeArrowFile(connection, sql, path, signal);
    if (spec.format === 'duckdb') return writeTable(connection, select, spec, { path, target }, signal);
    return copyRows(connection, copySql(select, path, spec), signal);
  };
  const rowCount = await write();
  if (isAborted(signal)) throw cancelledError();
  return { rowCount, notices };
}

async function copyRows(connection: DuckDBConnection, copy: string, signal: AbortSignal): Promise<number> {
  const copied = await interruptible(connection, () => connection.runAndReadAll(copy), signal);
  return Number(copied.getRows()[0]?.[0]);
}
