import { fieldKind, isIntegerType } from '#common/plot/fieldKind';
import type { HeadCounts } from '#common/plot/rankColumns';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { quoteIdentifier } from './quote.ts';

/** One vector of DuckDB's: enough to tell constants, codes and labels apart. */
const HEAD_ROWS = 2048;
const MAX_COLUMNS = 32;

/** The columns of a relation that `headSql` looks at: the first ones that can be plotted. */
export function headColumns(columns: readonly ColumnInfo[]): readonly ColumnInfo[] {
  return columns.filter(({ type }) => fieldKind(type) !== 'other').slice(0, MAX_COLUMNS);
}

/** What the first rows of a relation hold: one row, for `readHeadCounts`. */
export function headSql(relation: string, columns: readonly ColumnInfo[]): string {
  const items = columns.flatMap(({ name, type }, index) => {
    const column = quoteIdentifier(name);
    const counts = `count(DISTINCT ${column}) AS "values ${index}"`;
    if (!isIntegerType(type)) return [counts];
    return [counts, `max(${column})::DOUBLE - min(${column})::DOUBLE + 1 AS "span ${index}"`];
  });
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  return `SELECT ${['count(*) AS "rows"', ...items].join(', ')} FROM (SELECT ${names} FROM ${relation} LIMIT ${HEAD_ROWS})`;
}

/** The counts in the row of `headSql`. */
export function readHeadCounts(row: Readonly<Record<string, unknown>>, columns: readonly ColumnInfo[]): HeadCounts {
  const numberAt = (key: string) => Number(row[key] ?? 0);
  const rowCount = numberAt('rows');
  const valuesAt = (index: number) => numberAt(`values ${index}`);
  const isNumbering = (index: number) =>
    rowCount > 1 && valuesAt(index) === rowCount && numberAt(`span ${index}`) === rowCount;
  return {
    rowCount,
    valueCounts: new Map(columns.map(({ name }, index) => [name, valuesAt(index)])),
    rowNumbers: new Set(columns.filter((_, index) => isNumbering(index)).map(({ name }) => name)),
  };
}
