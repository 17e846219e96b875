import type { ColumnInfo } from '#common/protocol/engineContract';
import { quoteIdentifier } from './quote.ts';

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
export function pageSql(relation: string, columns: readonly ColumnInfo[], window: PageWindow): string {
  const end = Math.min(window.columnOffset + window.columnCount, columns.length);
  const places = Array.from({ length: end }, (_, index) => quoteIdentifier(`column ${index}`));
  const shown = columns.slice(window.columnOffset, end).map(({ name }, index) => {
    const place = places[window.columnOffset + index] ?? '';
    return `CAST(${place} AS VARCHAR) AS ${quoteIdentifier(name)}`;
  });
  const list = shown.length > 0 ? shown.join(', ') : 'NULL';
  return `SELECT ${list} FROM (SELECT * FROM ${relation}) AS "page"(${places.join(', ')}) LIMIT ${window.rowCount} OFFSET ${window.rowOffset}`;
}
