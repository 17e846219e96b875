import type { ColumnInfo } from '#common/protocol/engineContract';
import { isNested } from '#common/table/nestedType';
import { ALL_ROWS, type RowsView } from '#common/table/tableView';
import { quoteIdentifier, quoteLiteral } from './quote.ts';
import { placeColumns, tableWindowCondition, windowConditions } from './rowPlaces.ts';
import { columnsNeeded, placedRelation, placeName, totalOrderSql, whereSql, type Rows } from './viewSql.ts';

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
 * @param only A condition on places that holds for just these rows of the view, where they are known already.
 */
export function pageSql(rows: Rows, window: PageWindow, view: RowsView = ALL_ROWS, only?: string): string {
  const { columns } = rows;
  const end = Math.min(window.columnOffset + window.columnCount, columns.length);
  const shown = columns.slice(window.columnOffset, end).map(({ name }, index) => {
    return `CAST(${placeName(window.columnOffset + index)} AS VARCHAR) AS ${quoteIdentifier(name)}`;
  });
  const list = shown.length > 0 ? shown.join(', ') : 'NULL';
  return windowSql(list, rows, { window, view, columnCount: end, only });
}

/** Some columns of a row range. */
interface CellsRange {
  readonly rowOffset: number;
  readonly rowCount: number;
  readonly columns: readonly number[];
  /** Values of nested types as JSON instead of display text. */
  readonly isNestedJson?: boolean;
}

/** The cells of a row range as display text, columns in the order asked for; named by position. */
export function cellsSql(rows: Rows, range: CellsRange, view: RowsView, only?: string): string {
  const isJson = (index: number) => range.isNestedJson === true && isNested(rows.columns[index]?.type ?? '');
  const textSql = (index: number) => (isJson(index) ? jsonSql(index) : `CAST(${placeName(index)} AS VARCHAR)`);
  const list = range.columns.map((index, place) => `${textSql(index)} AS c${place}`).join(', ');
  return windowSql(list, rows, { window: range, view, columnCount: Math.max(...range.columns) + 1, only });
}

/** One cell of a view as JSON text. */
export function cellJsonSql(
  rows: Rows,
  { row, column }: { readonly row: number; readonly column: number },
  view: RowsView,
  only?: string,
): string {
  const list = `${jsonSql(column)} AS json`;
  return windowSql(list, rows, { window: { rowOffset: row, rowCount: 1 }, view, columnCount: column + 1, only });
}

function jsonSql(column: number): string {
  return `CAST(to_json(${placeName(column)}) AS VARCHAR)`;
}

/** Rows of a window in their order: found by their places where they have some and the view is all rows. */
function windowSql(
  list: string,
  rows: Rows,
  {
    window,
    view,
    columnCount,
    only,
  }: {
    readonly window: { readonly rowOffset: number; readonly rowCount: number };
    readonly view: RowsView;
    readonly columnCount: number;
    readonly only: string | undefined;
  },
): string {
  const { columns, places } = rows;
  const isByContent = !places && view.sort.length > 0;
  const from = placedRelation(rows, isByContent ? columns.length : Math.max(columnCount, columnsNeeded(columns, view)));
  if (places && only !== undefined) {
    const order = totalOrderSql(rows, view) || ` ORDER BY ${placeColumns(places).names.join(', ')}`;
    return `SELECT ${list} FROM ${from} WHERE ${only}${order}`;
  }
  const isWhole = view.sort.length + view.filters.length === 0;
  if (isWhole && places?.kind === 'rowid') {
    // A scan keeps the table's order. DuckDB answers a LIMIT in two steps, the second of which looks up each row again.
    return `SELECT ${list} FROM ${from} WHERE ${tableWindowCondition(window)}`;
  }
  const files = isWhole && places?.kind === 'parquet' && window.rowOffset > 0 ? places : null;
  const conditions = files && windowConditions(files, window);
  if (files && conditions && conditions.length > 0) {
    const order = placeColumns(files).names.join(', ');
    const pieces = conditions.map((where) => `(SELECT ${list} FROM ${from} WHERE ${where} ORDER BY ${order})`);
    return `SELECT * FROM ${pieces.join(' UNION ALL FROM ')}`;
  }
  const clauses = `${whereSql(columns, view)}${totalOrderSql(rows, view)}`;
  return `SELECT ${list} FROM ${from}${clauses} LIMIT ${window.rowCount} OFFSET ${window.rowOffset}`;
}

/** The most frequent values of a column with their counts, those whose text contains `search`; at most `limit`. */
export function valueListSql(
  relation: string,
  columns: readonly ColumnInfo[],
  column: number,
  question: { readonly search: string; readonly limit: number; readonly view: RowsView },
): string {
  const from = placedRelation({ relation }, Math.max(column + 1, columnsNeeded(columns, question.view)));
  const counts = `SELECT ${placeName(column)} AS place, count(*) AS count FROM ${from}${whereSql(columns, question.view)} GROUP BY ALL`;
  const named = `SELECT CAST(place AS VARCHAR) AS value, count FROM (${counts})`;
  const search = quoteLiteral(question.search);
  const where = question.search === '' ? '' : ` WHERE contains(lower(value), lower(${search}))`;
  return `SELECT value, CAST(count AS DOUBLE) AS count, CAST(count(*) OVER () AS DOUBLE) AS total FROM (${named})${where} ORDER BY count DESC, value NULLS LAST LIMIT ${question.limit}`;
}
