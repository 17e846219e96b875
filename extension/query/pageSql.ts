import type { ColumnInfo } from '#common/protocol/engineContract';
import { ALL_ROWS, type RowsView } from '#common/table/tableView';
import { quoteIdentifier, quoteLiteral } from './quote.ts';
import { columnsNeeded, orderSql, placedRelation, placeName, whereSql } from './viewSql.ts';

/** The part of a relation that a page shows. */
export interface PageWindow {
  readonly rowOffset: number;
  readonly rowCount: number;
  readonly columnOffset: number;
  readonly columnCount: number;
}

/**
 * One page of a relation as DuckDB's own display text, null for null.
 * Columns are taken by position, so that equal names do not disturb.
 */
export function pageSql(
  relation: string,
  columns: readonly ColumnInfo[],
  window: PageWindow,
  view: RowsView = ALL_ROWS,
): string {
  const end = Math.min(window.columnOffset + window.columnCount, columns.length);
  const shown = columns.slice(window.columnOffset, end).map(({ name }, index) => {
    return `CAST(${placeName(window.columnOffset + index)} AS VARCHAR) AS ${quoteIdentifier(name)}`;
  });
  const list = shown.length > 0 ? shown.join(', ') : 'NULL';
  const from = placedRelation(relation, Math.max(end, columnsNeeded(columns, view)));
  const clauses = `${whereSql(columns, view)}${orderSql(columns, view)}`;
  return `SELECT ${list} FROM ${from}${clauses} LIMIT ${window.rowCount} OFFSET ${window.rowOffset}`;
}

/** Some columns of a row range as display text, in the order asked for; named by position. */
export function cellsSql(
  relation: string,
  columns: readonly ColumnInfo[],
  range: { readonly rowOffset: number; readonly rowCount: number; readonly columns: readonly number[] },
  view: RowsView,
): string {
  const list = range.columns.map((index, place) => `CAST(${placeName(index)} AS VARCHAR) AS c${place}`).join(', ');
  const from = placedRelation(relation, Math.max(Math.max(...range.columns) + 1, columnsNeeded(columns, view)));
  const clauses = `${whereSql(columns, view)}${orderSql(columns, view)}`;
  return `SELECT ${list} FROM ${from}${clauses} LIMIT ${range.rowCount} OFFSET ${range.rowOffset}`;
}

/** The most frequent values of a column with their counts, those whose text contains `search`; at most `limit`. */
export function valueListSql(
  relation: string,
  columns: readonly ColumnInfo[],
  column: number,
  question: { readonly search: string; readonly limit: number; readonly view: RowsView },
): string {
  const from = placedRelation(relation, Math.max(column + 1, columnsNeeded(columns, question.view)));
  const counts = `SELECT ${placeName(column)} AS place, count(*) AS count FROM ${from}${whereSql(columns, question.view)} GROUP BY ALL`;
  const named = `SELECT CAST(place AS VARCHAR) AS value, count FROM (${counts})`;
  const search = quoteLiteral(question.search);
  const where = question.search === '' ? '' : ` WHERE contains(lower(value), lower(${search}))`;
  return `SELECT value, CAST(count AS DOUBLE) AS count, CAST(count(*) OVER () AS DOUBLE) AS total FROM (${named})${where} ORDER BY count DESC, value NULLS LAST LIMIT ${question.limit}`;
}
