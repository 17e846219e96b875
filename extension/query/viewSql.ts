import { sqlIdentifier } from '#common/document/names';
import type { ColumnInfo, RowPlaces } from '#common/protocol/engineContract';
import { columnKeys, presentView, type ColumnFilter, type RowsView } from '#common/table/tableView';
import { filterSql } from './filterSql.ts';
import { quoteIdentifier } from './quote.ts';
import { placeColumns } from './rowPlaces.ts';

/** Rows that SQL can ask for; DuckDB's names of the columns need not differ. */
export interface Rows {
  /** Text that can stand after FROM. */
  readonly relation: string;
  readonly columns: readonly ColumnInfo[];
  readonly places?: RowPlaces;
}

/** The name of a relation whose columns are named by position; alone, it is a whole row. */
const PLACED = quoteIdentifier('page');

/** How a view's clauses name a column. */
type ColumnSql = (index: number) => string;

/** The SQL name of a column by position, so that equal names do not disturb. */
export function placeName(index: number): string {
  return quoteIdentifier(`column ${index}`);
}

/**
 * A relation with its columns named by position; only those up to `columnCount` get a new name.
 * Where its rows have places, the columns of `placeColumns` stand before them.
 */
export function placedRelation({ relation, places }: Pick<Rows, 'relation' | 'places'>, columnCount: number): string {
  const { items, names: placesNames } = places ? placeColumns(places) : { items: [], names: [] };
  const named = [...placesNames, ...Array.from({ length: columnCount }, (_, index) => placeName(index))];
  const names = named.length === 0 ? '' : `(${named.join(', ')})`;
  return `(SELECT ${[...items, '*'].join(', ')} FROM ${relation}) AS ${PLACED}${names}`;
}

/** How many columns have to be named for a view's clauses. */
export function columnsNeeded(columns: readonly ColumnInfo[], view: RowsView): number {
  const keys = columnKeys(columns);
  const used = [...view.sort, ...view.filters].map(({ column }) => keys.indexOf(column));
  return Math.max(0, ...used.map((index) => index + 1));
}

/** ` WHERE …` of a view's filters, or nothing; filters on missing columns are left out. */
export function whereSql(
  columns: readonly ColumnInfo[],
  view: RowsView,
  name: ColumnSql = placeName,
  joint = ' AND ',
): string {
  const keys = columnKeys(columns);
  const conditions = presentView(view, columns).filters.map((filter) => {
    const index = keys.indexOf(filter.column);
    return filterSql(filter, name(index), columns[index]?.type ?? '');
  });
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(joint)}`;
}

/** ` ORDER BY …` of a view, or nothing. */
export function orderSql(columns: readonly ColumnInfo[], view: RowsView, name: ColumnSql = placeName): string {
  const keys = columnKeys(columns);
  const parts = presentView(view, columns).sort.map(
    ({ column, direction }) => `${name(keys.indexOf(column))}${direction === 'descending' ? ' DESC' : ''} NULLS LAST`,
  );
  return parts.length === 0 ? '' : ` ORDER BY ${parts.join(', ')}`;
}

/**
 * ` ORDER BY …` of a view in which rows with equal keys have an order too, or nothing: that of their places, or of their
 * whole content, for which every column of `placedRelation` has to be named. Otherwise two pages could show the same row.
 */
export function totalOrderSql({ columns, places }: Rows, view: RowsView): string {
  const order = orderSql(columns, view);
  if (order === '') return '';
  return [order, ...(places ? placeColumns(places).names : [`hash(${PLACED})`])].join(', ');
}

/** A query for the places of a view's rows, in the view's order. */
export function viewPlacesSql(rows: Rows, places: RowPlaces, view: RowsView): string {
  const from = placedRelation({ ...rows, places }, columnsNeeded(rows.columns, view));
  const clauses = `${whereSql(rows.columns, view)}${totalOrderSql(rows, view)}`;
  return `SELECT ${placeColumns(places).names.join(', ')} FROM ${from}${clauses}`;
}

/** A query for a view's rows in order. @param shown Indexes of its columns, in order. */
export function viewRowsSql(rows: Rows, view: RowsView, shown: readonly number[]): string {
  const { columns } = rows;
  const list = shown.map((index) => `${placeName(index)} AS ${quoteIdentifier(columns[index]?.name ?? '')}`).join(', ');
  const from = placedRelation(rows, columns.length);
  return `SELECT ${list} FROM ${from}${whereSql(columns, view)}${totalOrderSql(rows, view)}`;
}

/** The rows of a view as text that can stand after FROM, its columns named by position. */
export function viewRelation(rows: Rows, view: RowsView): string {
  const { columns } = rows;
  const names = columns.map((_, index) => placeName(index)).join(', ');
  const from = placedRelation(rows, columns.length);
  return `(SELECT ${names} FROM ${from}${whereSql(columns, view)}${totalOrderSql(rows, view)})`;
}

/** Counts the rows of a view. */
export function viewCountSql(relation: string, columns: readonly ColumnInfo[], view: RowsView): string {
  const from = placedRelation({ relation }, columnsNeeded(columns, { ...view, sort: [] }));
  return `SELECT count(*) AS row_count FROM ${from}${whereSql(columns, view)}`;
}

/** A query that fails when a filter cannot be applied to its column, and reads no data. */
export function filterCheckSql(filter: ColumnFilter, type: string): string {
  return `SELECT ${filterSql(filter, 'value', type)} AS holds FROM (SELECT CAST(NULL AS ${type}) AS value)`;
}

/**
 * A view as a query that a person would write.
 * @param shown Indexes of the columns that are shown, in order; all of them in their own order give `*`.
 */
export function keptSql(
  dataId: string,
  columns: readonly ColumnInfo[],
  view: RowsView,
  shown: readonly number[],
): string {
  const name: ColumnSql = (index) => sqlIdentifier(columns[index]?.name ?? '');
  const isAll = shown.length === columns.length && shown.every((column, index) => column === index);
  const list = isAll ? '*' : shown.map(name).join(', ');
  const lines = [`SELECT ${list}`, `FROM ${sqlIdentifier(dataId)}`];
  lines.push(whereSql(columns, view, name, '\n  AND '), orderSql(columns, view, name));
  return lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');
}
