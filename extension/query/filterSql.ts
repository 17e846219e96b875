import { baseType, fieldKind } from '#common/plot/fieldKind';
import type { ColumnFilter, TextMatch } from '#common/table/tableView';
import { quoteLiteral } from './quote.ts';

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const NAMED_LITERALS = new Set(['DATE', 'TIME', 'TIMESTAMP']);

/**
 * A filter as a condition that is never null where it matters: rows are shown where it is true.
 *
 * @param sql Reads the column.
 * @param type DuckDB's type of the column.
 */
export function filterSql(filter: ColumnFilter, sql: string, type: string): string {
  switch (filter.kind) {
    case 'null':
      return `${sql} IS ${filter.isNull ? '' : 'NOT '}NULL`;
    case 'compare':
      return `${sql} ${filter.operator} ${valueSql(filter.value, type)}`;
    case 'range':
      return rangeSql(filter, sql, type);
    case 'text':
      return textSql(filter, isText(type) ? sql : `CAST(${sql} AS VARCHAR)`);
    case 'values':
      return valuesSql(filter, sql, type);
  }
}

/** A display text as a literal of the column's type. */
export function valueSql(text: string, type: string): string {
  if (isText(type)) return quoteLiteral(text);
  if (fieldKind(type) === 'quantitative' && PLAIN_NUMBER.test(text.trim())) return text.trim();
  if (NAMED_LITERALS.has(type)) return `${type} ${quoteLiteral(text)}`;
  return `CAST(${quoteLiteral(text)} AS ${type})`;
}

function isText(type: string): boolean {
  return baseType(type) === 'VARCHAR';
}

function rangeSql({ low, high }: { low: string; high: string }, sql: string, type: string): string {
  if (low === '') return `${sql} <= ${valueSql(high, type)}`;
  if (high === '') return `${sql} >= ${valueSql(low, type)}`;
  return `${sql} BETWEEN ${valueSql(low, type)} AND ${valueSql(high, type)}`;
}

/** How a text is compared with the wanted one. */
const MATCHES: Readonly<Record<Exclude<TextMatch, 'regex'>, (sql: string, wanted: string) => string>> = {
  contains: (sql, wanted) => `contains(${sql}, ${wanted})`,
  lacks: (sql, wanted) => `NOT contains(${sql}, ${wanted})`,
  starts: (sql, wanted) => `starts_with(${sql}, ${wanted})`,
  ends: (sql, wanted) => `ends_with(${sql}, ${wanted})`,
  equals: (sql, wanted) => `${sql} = ${wanted}`,
  differs: (sql, wanted) => `${sql} <> ${wanted}`,
};

function textSql(filter: Extract<ColumnFilter, { kind: 'text' }>, sql: string): string {
  const { match, text, isCaseSensitive } = filter;
  if (match === 'regex') {
    return `regexp_matches(${sql}, ${quoteLiteral(text)}${isCaseSensitive ? '' : ", 'i'"})`;
  }
  const wanted = quoteLiteral(text);
  return isCaseSensitive ? MATCHES[match](sql, wanted) : MATCHES[match](`lower(${sql})`, `lower(${wanted})`);
}

function valuesSql(filter: Extract<ColumnFilter, { kind: 'values' }>, sql: string, type: string): string {
  const values = filter.values.filter((value) => value !== null);
  const hasNull = values.length < filter.values.length;
  const isPlain = isText(type) || fieldKind(type) === 'quantitative' || NAMED_LITERALS.has(type);
  const value = isPlain ? sql : `CAST(${sql} AS VARCHAR)`;
  const list = values.map((text) => (isPlain ? valueSql(text, type) : quoteLiteral(text))).join(', ');
  if (filter.isExcluded) {
    const isOther = values.length === 0 ? [] : [`${value} NOT IN (${list})`];
    if (hasNull) return [...isOther, `${sql} IS NOT NULL`].join(' AND ');
    return isOther.length === 0 ? 'true' : `(${isOther.join('')} OR ${sql} IS NULL)`;
  }
  const isListed = values.length === 0 ? [] : [`${value} IN (${list})`];
  const parts = hasNull ? [...isListed, `${sql} IS NULL`] : isListed;
  return parts.length === 0 ? 'false' : `(${parts.join(' OR ')})`;
}
