import type { DuckDBConnection } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';
import type { ColumnInfo, SourceNotice, SourceRequest } from '#common/protocol/engineContract';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import { readRows } from './sourceContext.ts';

/** What DuckDB notes of the lines that it skips, in temporary tables of one connection. */
export const REJECT_OPTIONS = {
  store_rejects: true,
  rejects_table: 'pika_rejects',
  rejects_scan: 'pika_reject_scans',
  /** Without a limit, for the count is to be exact. */
  rejects_limit: 0,
} as const;

/** Columns of the table of rejected rows; a line with several errors has a row for each. */
const COLUMNS: readonly (readonly [name: string, type: string, sql: string])[] = [
  ['line', 'UBIGINT', 'r.line'],
  ['column', 'VARCHAR', 'r.column_name'],
  ['error', 'VARCHAR', 'lower(r.error_type::VARCHAR)'],
  ['text', 'VARCHAR', 'r.csv_line'],
  ['message', 'VARCHAR', 'r.error_message'],
  ['byte_offset', 'UBIGINT', 'r.line_byte_position - 1'],
  ['file', 'VARCHAR', 's.file_path'],
];

/** The columns of every table of rejected rows. */
export const REJECTED_COLUMNS: readonly ColumnInfo[] = COLUMNS.map(([name, type]) => ({ name, type }));

/** Where the lines that were noted stand, when they were read from a part of their file. */
export interface PartOfFile {
  readonly file: string;
  readonly linesBefore: number;
  readonly bytesBefore: number;
}

/** Copies what the last reading of a connection skipped into a table. @returns How many lines that are. */
export async function keepRejects(
  connection: DuckDBConnection,
  table: string,
  part: PartOfFile | null = null,
): Promise<number> {
  const { rejects_table: rejects, rejects_scan: scans } = REJECT_OPTIONS;
  const items = COLUMNS.map(([name, type, sql]) => `${placed(name, sql, part)}::${type} AS ${quoteIdentifier(name)}`);
  await connection.run(
    `CREATE TABLE ${table} AS SELECT ${items.join(', ')} FROM ${rejects} r JOIN ${scans} s USING (scan_id, file_id)
     ORDER BY s.file_path, r.line, r.column_idx`,
  );
  const [[count] = []] = await readRows(connection, `SELECT count(*) FROM (SELECT DISTINCT file, line FROM ${table})`);
  return Number(count);
}

function placed(name: string, sql: string, part: PartOfFile | null): string {
  if (!part) return sql;
  if (name === 'file') return quoteLiteral(part.file);
  if (name === 'line') return `(${sql} + ${part.linesBefore})`;
  return name === 'byte_offset' ? `(${sql} + ${part.bytesBefore})` : sql;
}

/** Drops what DuckDB noted. */
export async function forgetRejects(connection: DuckDBConnection): Promise<void> {
  for (const name of [REJECT_OPTIONS.rejects_table, REJECT_OPTIONS.rejects_scan]) {
    await connection.run(`DROP TABLE IF EXISTS ${name}`).catch(() => undefined);
  }
}

/** Whether rows that do not fit are skipped and noted. */
export function skipsRows({ format, options }: SourceRequest): boolean {
  const { ignore_errors: isSkipping, union_by_name: isUnited } = options;
  return (format === 'csv' || format === 'tsv') && isSkipping === true && isUnited !== true;
}

/** @throws PikaError when a source's rejected rows are asked for, but it rejects none. */
export function assertSkipping(request: SourceRequest): void {
  if (skipsRows(request)) return;
  throw new PikaError('source-empty', 'This source notes no skipped rows, so there are none to show.', {
    hint: 'A CSV file does with the reader option ignore_errors, and without union_by_name.',
  });
}

/** Says how many rows were skipped, and of how many the reason is kept where that is not all. */
export function skippedNotices(count: number, keptCount = count): readonly SourceNotice[] {
  if (count === 0) return [];
  const rows = count === 1 ? '1 row was' : `${count.toLocaleString('en')} rows were`;
  const notice = { message: `${rows} skipped because they do not fit.`, hasRejectedRows: true };
  if (keptCount === count) return [notice];
  return [{ ...notice, hint: `The reasons of ${keptCount.toLocaleString('en')} of them are kept.` }];
}
