import { fieldKind } from '#common/plot/fieldKind';
import type { FieldSource } from './fieldSource.ts';
import { quoteLiteral } from './quote.ts';

/** One category: its display text (null is the null category) and its rows. */
export interface CategoryCount {
  readonly name: string | null;
  readonly count: number;
}

/** The categories of a column. */
export interface Categories {
  /** In the order they are shown. */
  readonly shown: readonly CategoryCount[];
  /** How many there are altogether. */
  readonly totalCount: number;
}

/**
 * The most frequent values of a field with their counts, at most `limit`; `readCategories` reads the rows.
 * Texts come most frequent first; numbers, times and booleans in their own order; null last.
 */
export function categoriesSql(source: FieldSource, field: string, limit: number): string {
  const { sql, column } = source.read(field);
  const isOrdered = column.type === 'BOOLEAN' || ['quantitative', 'temporal'].includes(fieldKind(column.type));
  const value = isOrdered ? sql : `CAST(${sql} AS VARCHAR)`;
  const counts = `SELECT ${value} AS value, count(*) AS count FROM ${source.from} GROUP BY ALL`;
  const places = `row_number() OVER (ORDER BY count DESC, value NULLS LAST) AS place, count(*) OVER () AS total`;
  const order = isOrdered ? 'value NULLS LAST' : 'place';
  return `SELECT CAST(value AS VARCHAR) AS name, count, total FROM (SELECT value, count, ${places} FROM (${counts})) WHERE place <= ${limit} ORDER BY ${order}`;
}

/** The categories in the rows of `categoriesSql`. */
export function readCategories(rows: readonly Readonly<Record<string, unknown>>[]): Categories {
  const shown = rows.map(({ name, count }) => ({ name: typeof name === 'string' ? name : null, count: Number(count) }));
  return { shown, totalCount: Number(rows[0]?.['total'] ?? 0) };
}

/** USMALLINT code of a field's category: its index in `shown`, the next number for every other value. */
export function categoryCodeSql(source: FieldSource, field: string, shown: readonly CategoryCount[]): string {
  const text = `CAST(${source.read(field).sql} AS VARCHAR)`;
  const cases = shown.map(
    ({ name }, index) =>
      `WHEN ${text} IS NOT DISTINCT FROM ${name === null ? 'NULL' : quoteLiteral(name)} THEN ${index}`,
  );
  return cases.length === 0 ? '0::USMALLINT' : `CAST(CASE ${cases.join(' ')} ELSE ${shown.length} END AS USMALLINT)`;
}
