import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceNotice } from '#common/protocol/engineContract';
import { queryError } from '../database/duckdbFailure.ts';
import { readerCall } from './readerOptions.ts';
import { readRows, type SourceReading } from './sourceContext.ts';

const REJECTS = { rejects_table: 'pika_rejects', rejects_scan: 'pika_reject_scans', rejects_limit: 100_000 } as const;

/** Copies what a text source reads into a table; rows that its options let fall are counted. */
export async function fillFromReader(
  connection: DuckDBConnection,
  table: string,
  { relation, text }: SourceReading,
  patterns: readonly string[],
): Promise<readonly SourceNotice[]> {
  if (text?.reader !== 'read_csv' || text.options['ignore_errors'] !== true) {
    await copy(connection, table, relation);
    return [];
  }
  const options = { ...text.options, store_rejects: true, ...REJECTS };
  const counting = readerCall('read_csv', patterns, options);
  try {
    await copy(connection, table, counting);
    const [[count] = []] = await readRows(
      connection,
      `SELECT count(DISTINCT (file_id, line)) FROM ${REJECTS.rejects_table}`,
    );
    return droppedNotices(Number(count));
  } finally {
    for (const name of [REJECTS.rejects_table, REJECTS.rejects_scan]) {
      await connection.run(`DROP TABLE IF EXISTS ${name}`).catch(() => undefined);
    }
  }
}

async function copy(connection: DuckDBConnection, table: string, relation: string): Promise<void> {
  try {
    await connection.run(`CREATE TABLE ${table} AS SELECT * FROM ${relation}`);
  } catch (error) {
    throw queryError(error);
  }
}

function droppedNotices(count: number): readonly SourceNotice[] {
  if (count === 0) return [];
  const atLeast = count >= REJECTS.rejects_limit ? 'At least ' : '';
  const rows = count === 1 ? '1 row was' : `${atLeast}${count} rows were`;
  return [
    { message: `${rows} skipped because they do not fit.`, hint: 'Remove the reader option ignore_errors to see why.' },
  ];
}
