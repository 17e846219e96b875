import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBType } from '@duckdb/node-api';
import type { ColumnInfo, QueryValue } from '#common/protocol/engineContract';
import { quoteIdentifier } from '../../query/quote.ts';
import type { BatchColumn } from '../arrow/batchBuilder.ts';
import { TEXT_FACTORY, columnFactory } from '../arrow/columnTypes.ts';

/** What the columns of a bound SELECT are, and how they travel. */
export interface QueryShape {
  /** Names are unique: DuckDB numbers repeated ones. */
  readonly columns: readonly ColumnInfo[];
  /** Types of the SELECT itself, before anything is cast. */
  readonly types: readonly DuckDBType[];
  readonly batchColumns: readonly BatchColumn[];
}

/** A SELECT and the values of its parameters. */
export interface SelectText {
  readonly sql: string;
  readonly params: readonly QueryValue[];
}

/** The shape of a SELECT that is prepared as it stands or within `SELECT * FROM (…)`; nothing of it runs. */
export async function shapeOf(
  connection: DuckDBConnection,
  prepared: DuckDBPreparedStatement,
  select: SelectText,
): Promise<QueryShape> {
  const { names, types } = await columnsOf(connection, prepared, select);
  const typeTexts = types.some(hasQuotedMembers) ? await describedTypes(connection, select) : types.map(String);
  return {
    columns: names.map((name, i) => ({ name, type: typeTexts[i] ?? '' })),
    types,
    batchColumns: types.map((type, i) => ({ name: names[i] ?? '', factory: columnFactory(type) ?? TEXT_FACTORY })),
  };
}

/** The SELECT with the columns that Arrow cannot hold cast to text; null when it holds all of them. */
export function asArrowColumns(sql: string, { types }: QueryShape): string | null {
  const isText = types.map((type) => columnFactory(type) === null);
  if (!isText.includes(true)) return null;
  const aliases = types.map((_, i) => quoteIdentifier(`c${i}`));
  const items = aliases.map((alias, i) => (isText[i] ? `${alias}::VARCHAR AS ${alias}` : alias));
  return `SELECT ${items.join(', ')} FROM (${sql}\n) AS q(${aliases.join(', ')})`;
}

/** The binding prints the members of these types with more quotes than DuckDB itself. */
function hasQuotedMembers(type: DuckDBType): boolean {
  return /STRUCT\(|UNION\(/.test(type.toString());
}

/** Only the values may tell of what type a column is, so DuckDB is asked for none of the rows that they give. */
async function columnsOf(
  connection: DuckDBConnection,
  prepared: DuckDBPreparedStatement,
  { sql, params }: SelectText,
): Promise<{ readonly names: readonly string[]; readonly types: readonly DuckDBType[] }> {
  if (params.length > 0) {
    const result = await connection.run(`SELECT * FROM (${sql}\n) LIMIT 0`, [...params]);
    return { names: result.columnNames(), types: result.columnTypes() };
  }
  const places = Array.from({ length: prepared.columnCount }, (_, i) => i);
  return { names: places.map((i) => prepared.columnName(i)), types: places.map((i) => prepared.columnType(i)) };
}

async function describedTypes(connection: DuckDBConnection, { sql, params }: SelectText): Promise<string[]> {
  const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM (${sql}\n)`, [...params]);
  return reader.getRows().map((row) => row[1] as string);
}
