import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceNotice } from '#common/protocol/engineContract';
import { cacheTable } from '../cache/cacheCatalog.ts';
import { queryError } from '../database/duckdbFailure.ts';
import { readerCall } from './readerOptions.ts';
import { forgetRejects, keepRejects, REJECT_OPTIONS } from './rejectedRows.ts';
import type { SourceReading } from './sourceContext.ts';

/** Copies what a source reads into an import; rows that its options skip are kept beside it and counted. */
export async function fillFromReader(
  connection: DuckDBConnection,
  catalog: string,
  { relation, text }: SourceReading,
  patterns: readonly string[],
): Promise<readonly SourceNotice[]> {
  const target = cacheTable(catalog, 'data');
  if (text?.reader !== 'read_csv' || text.options['ignore_errors'] !== true) {
    await copy(connection, target, relation);
    return [];
  }
  try {
    await copy(connection, target, readerCall('read_csv', patterns, { ...text.options, ...REJECT_OPTIONS }));
    return await keepRejects(connection, cacheTable(catalog, 'rejects'));
  } finally {
    await forgetRejects(connection);
  }
}

async function copy(connection: DuckDBConnection, table: string, relation: string): Promise<void> {
  try {
    await connection.run(`CREATE TABLE ${table} AS SELECT * FROM ${relation}`);
  } catch (error) {
    throw queryError(error);
  }
}
