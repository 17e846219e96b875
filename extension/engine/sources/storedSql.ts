import type { DuckDBConnection } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';
import { quoteLiteral } from '../../query/quote.ts';
import { ACTING_TABLE_FUNCTIONS, DENIED_FUNCTIONS } from '../gate/allowedFunctions.ts';
import { readRows } from './sourceContext.ts';

/** DuckDB prints stored SQL in one form: a name, in quotes where needed, right before its opening bracket. */
const CALL = /([A-Za-z_]\w*)"?\s*\(/g;

/**
 * Refuses a database file with a view or macro that does more than read, for those run when a query names them, or names
 * a function that they hide, and the gate sees only the query.
 *
 * @throws PikaError `query-refused`
 */
export async function assertReadingOnly(connection: DuckDBConnection, catalog: string, path: string): Promise<void> {
  const place = `database_name = ${quoteLiteral(catalog)} AND NOT internal`;
  const stored = await readRows(
    connection,
    `SELECT view_name, sql FROM duckdb_views() WHERE ${place}
     UNION ALL SELECT function_name, macro_definition FROM duckdb_functions() WHERE ${place}`,
  );
  for (const [name, sql] of stored) {
    const call = actingCall(String(sql));
    if (call === null) continue;
    throw new PikaError('query-refused', `This database defines ${String(name)}, which does more than read.`, {
      path,
      hint: `It calls ${call}. Remove it from the file, or copy the tables to another one.`,
    });
  }
}

function actingCall(sql: string): string | null {
  for (const [, name = ''] of sql.matchAll(CALL)) {
    const lower = name.toLowerCase();
    if (ACTING_TABLE_FUNCTIONS.has(lower) || DENIED_FUNCTIONS.has(lower)) return lower;
  }
  return null;
}
