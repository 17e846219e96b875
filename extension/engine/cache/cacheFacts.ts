import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnInfo, FoundDialect, RowPlaces, SourceNotice } from '#common/protocol/engineContract';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import { hasPlaceNames } from '../../query/rowPlaces.ts';
import { columnsOf, readRows } from '../sources/sourceContext.ts';
import { cacheCatalog, cacheRelation, cacheTable } from './cacheCatalog.ts';

/** What is kept beside the rows of an import. */
export interface ImportFacts {
  readonly notices: readonly SourceNotice[];
  readonly dialect: FoundDialect | null;
}

/** A finished import, attached. */
export interface CachedTable extends ImportFacts {
  readonly relation: string;
  readonly columns: readonly ColumnInfo[];
  readonly rowCount: number;
  readonly places?: RowPlaces;
}

/** What is known of an attached import. @throws PikaError */
export async function readCached(connection: DuckDBConnection, key: string): Promise<CachedTable> {
  const relation = cacheRelation(key);
  const columns = await columnsOf(connection, relation);
  const facts = cacheTable(cacheCatalog(key), 'facts');
  const [[rowCount, more] = []] = await readRows(connection, `SELECT row_count, facts FROM ${facts}`);
  const places: RowPlaces = { kind: 'rowid' };
  return {
    relation,
    columns,
    rowCount: Number(rowCount),
    ...(hasPlaceNames(places, columns) && { places }),
    ...(JSON.parse(String(more)) as ImportFacts),
  };
}

/** The rows that an attached import skipped. @throws PikaError */
export async function readRejects(connection: DuckDBConnection, key: string): Promise<CachedTable> {
  const relation = cacheTable(cacheCatalog(key), 'rejects');
  const columns = await columnsOf(connection, relation);
  const [[rowCount] = []] = await readRows(connection, `SELECT count(*) FROM ${relation}`);
  return { relation, columns, rowCount: Number(rowCount), notices: [], dialect: null };
}

/** Completes an import that is being written: notes its facts and puts everything into its file. */
export async function writeFacts(
  connection: DuckDBConnection,
  catalog: string,
  { notices, dialect }: ImportFacts,
): Promise<void> {
  const values = `(SELECT count(*) FROM ${cacheTable(catalog, 'data')}) AS row_count, ${quoteLiteral(JSON.stringify({ notices, dialect }))} AS facts`;
  await connection.run(`CREATE TABLE ${cacheTable(catalog, 'facts')} AS SELECT ${values}`);
  await connection.run(`CHECKPOINT ${quoteIdentifier(catalog)}`);
}
