import type { DuckDBConnection } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';
import type { ColumnInfo, RowPlaces } from '#common/protocol/engineContract';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import { hasPlaceNames } from '../../query/rowPlaces.ts';
import { databaseCatalog } from './attachedDatabases.ts';
import { columnsOf, readRows, type SourceReading } from './sourceContext.ts';

const MAX_LISTED = 10;

/** A table or view of an attached database file. @throws PikaError listing the tables when `table` is not one of them. */
export async function readDatabaseSource(
  connection: DuckDBConnection,
  path: string,
  table: string | undefined,
): Promise<SourceReading> {
  const { schema, name, isView } = await tableOfDatabase(connection, path, table);
  const relation = [databaseCatalog(path), schema, name].map(quoteIdentifier).join('.');
  const columns = await columnsOf(connection, relation);
  if (isView) return { relation, columns, rowCount: null, notices: [] };
  const [[count] = []] = await readRows(connection, `SELECT count(*) FROM ${relation}`);
  const rowCount = Number(count);
  const places = await placesOf(connection, relation, { columns, rowCount });
  return { relation, columns, rowCount, ...(places && { places }), notices: [] };
}

/** A table that rows were deleted from has gaps in its row numbers, and some of them beyond its count. */
async function placesOf(
  connection: DuckDBConnection,
  relation: string,
  { columns, rowCount }: { readonly columns: readonly ColumnInfo[]; readonly rowCount: number },
): Promise<RowPlaces | null> {
  const places: RowPlaces = { kind: 'rowid' };
  if (!hasPlaceNames(places, columns)) return null;
  const beyond = await readRows(connection, `SELECT rowid FROM ${relation} WHERE rowid >= ${rowCount} LIMIT 1`);
  return beyond.length > 0 ? null : places;
}

/** The table or view that a source of an attached database file means. @throws PikaError listing the tables when there is none. */
export async function tableOfDatabase(
  connection: DuckDBConnection,
  path: string,
  table: string | undefined,
): Promise<DatabaseTable> {
  return chosenTable(await listTables(connection, databaseCatalog(path)), table, path);
}

/** Names of an attached database file's tables and views, the schema `main` left out. @throws PikaError */
export async function tableNames(connection: DuckDBConnection, path: string): Promise<readonly string[]> {
  return (await listTables(connection, databaseCatalog(path))).map(displayName);
}

/** A table or view as it stands in its database. */
export interface DatabaseTable {
  readonly schema: string;
  readonly name: string;
  readonly isView: boolean;
}

/** Tables and views of an attached database, in order of their names. */
export async function listTables(connection: DuckDBConnection, catalogName: string): Promise<readonly DatabaseTable[]> {
  const catalog = quoteLiteral(catalogName);
  const rows = await readRows(
    connection,
    `SELECT schema_name, table_name, false FROM duckdb_tables() WHERE database_name = ${catalog} AND NOT internal
     UNION ALL SELECT schema_name, view_name, true FROM duckdb_views() WHERE database_name = ${catalog} AND NOT internal
     ORDER BY ALL`,
  );
  return rows.map(([schema, name, isView]) => ({
    schema: String(schema),
    name: String(name),
    isView: isView === true,
  }));
}

/** The table that a source means, or the only one. @throws PikaError listing the tables when there is none. */
export function chosenTable(tables: readonly DatabaseTable[], wanted: string | undefined, path: string): DatabaseTable {
  const [only] = tables;
  if (!only) throw new PikaError('source-empty', 'This database has no tables.', { path });
  if (wanted === undefined && tables.length === 1) return only;
  const found = tables.find((each) => each.name === wanted || `${each.schema}.${each.name}` === wanted);
  if (found) return found;
  const names = tables.map(displayName);
  const shown = names.slice(0, MAX_LISTED).join(', ') + (names.length > MAX_LISTED ? ', …' : '');
  const message = wanted === undefined ? 'This database has several tables.' : `This database has no table ${wanted}.`;
  throw new PikaError('bad-request', message, { path, hint: `Name one of them: ${shown}.` });
}

/** A table as `SourceRequest.table` names it. */
export function displayName({ schema, name }: DatabaseTable): string {
  return schema === 'main' ? name : `${schema}.${name}`;
}
