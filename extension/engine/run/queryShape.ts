import type { DuckDBConnection, DuckDBMaterializedResult, DuckDBType } from '@duckdb/node-api';
import type { ColumnInfo, QueryValue } from '#common/protocol/engineContract';
import { quoteIdentifier } from '../../query/quote.ts';
import type { BatchColumn } from '../arrow/batchBuilder.ts';
import { TEXT_FACTORY, columnFactory } from '../arrow/columnTypes.ts';
import { queryError } from '../database/duckdbFailure.ts';

const SHAPE_PREFIX = 'SELECT * FROM (';

/** A bound SELECT: its columns, how they travel, and the statement that produces them so. */
export interface QueryShape {
  /** Names are unique: DuckDB numbers repeated ones. */
  readonly columns: readonly ColumnInfo[];
  /** Types of the SELECT itself, before anything is cast. */
  readonly types: readonly DuckDBType[];
  readonly batchColumns: readonly BatchColumn[];
  /** The SELECT with columns that Arrow cannot hold cast to text, and at most `maxRows` rows when given. */
  statement(maxRows?: number): string;
}

/**
 * Binds a gated SELECT, without running it, by asking for none of its rows.
 *
 * @throws PikaError with the offset of what cannot be bound.
 */
export async function shapeQuery(
  connection: DuckDBConnection,
  sql: string,
  params: readonly QueryValue[],
): Promise<QueryShape> {
  const result = await bind(connection, `${SHAPE_PREFIX}${sql}\n) LIMIT 0`, sql, params);
  const names = result.columnNames();
  const types = result.columnTypes();
  const factories = types.map(columnFactory);
  const typeTexts = types.some(hasQuotedMembers) ? await describedTypes(connection, sql, params) : types.map(String);
  return {
    columns: names.map((name, i) => ({ name, type: typeTexts[i] ?? '' })),
    types,
    batchColumns: names.map((name, i) => ({ name, factory: factories[i] ?? TEXT_FACTORY })),
    statement: (maxRows) =>
      select(
        sql,
        names,
        factories.map((factory) => factory === null),
        maxRows,
      ),
  };
}

async function bind(
  connection: DuckDBConnection,
  statement: string,
  sql: string,
  params: readonly QueryValue[],
): Promise<DuckDBMaterializedResult> {
  try {
    // Without values the binding needs one step in place of three, and each waits for a thread of the pool.
    return await (params.length === 0 ? connection.run(statement) : connection.run(statement, [...params]));
  } catch (error) {
    throw queryError(error, { sql, prefixBytes: SHAPE_PREFIX.length });
  }
}

function select(sql: string, names: readonly string[], isText: readonly boolean[], maxRows?: number): string {
  const limit = maxRows === undefined ? '' : ` LIMIT ${maxRows}`;
  if (!isText.includes(true)) return maxRows === undefined ? sql : `SELECT * FROM (${sql}\n)${limit}`;
  const aliases = names.map((_, i) => quoteIdentifier(`c${i}`));
  const items = aliases.map((alias, i) => (isText[i] ? `${alias}::VARCHAR AS ${alias}` : alias));
  return `SELECT ${items.join(', ')} FROM (${sql}\n) AS q(${aliases.join(', ')})${limit}`;
}

/** The binding prints the members of these types with more quotes than DuckDB itself. */
function hasQuotedMembers(type: { toString(): string }): boolean {
  return /STRUCT\(|UNION\(/.test(type.toString());
}

async function describedTypes(
  connection: DuckDBConnection,
  sql: string,
  params: readonly QueryValue[],
): Promise<string[]> {
  const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM (${sql}\n)`, [...params]);
  return reader.getRows().map((row) => row[1] as string);
}
