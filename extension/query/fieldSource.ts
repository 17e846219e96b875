import { PikaError } from '#common/base/pikaError';
import { findColumn } from '#common/plot/validateSpec';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { quoteIdentifier } from './quote.ts';

/** Columns of a relation made ready for an expression. */
export interface FieldSource {
  /** Text that can stand after FROM. */
  readonly from: string;
  /** The column of a field and the SQL that reads it. @throws PikaError `plot-impossible` when there is none. */
  read(field: string): { readonly column: ColumnInfo; readonly sql: string };
}

/**
 * Names a relation's columns by position, so that repeated names do not disturb.
 * Only the columns up to the last of `fields` get a new name; the others cost nothing.
 */
export function fieldSource(relation: string, columns: readonly ColumnInfo[], fields: readonly string[]): FieldSource {
  const indexOf = (field: string) => {
    const column = findColumn(columns, field);
    if (!column) throw new PikaError('plot-impossible', `There is no column "${field}" here.`);
    return columns.indexOf(column);
  };
  const count = Math.max(...fields.map(indexOf)) + 1;
  const names = Array.from({ length: count }, (_, index) => columnName(index));
  return {
    from: `(SELECT * FROM ${relation}) AS "data"(${names.join(', ')})`,
    read: (field) => {
      const index = indexOf(field);
      return { column: columns[index] ?? { name: field, type: '' }, sql: columnName(index) };
    },
  };
}

/** The SQL name of a column by position; no data file would use it. */
export function columnName(index: number): string {
  return quoteIdentifier(`pika ${index}`);
}
