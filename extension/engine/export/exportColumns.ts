import { DuckDBTypeId, type DuckDBType } from '@duckdb/node-api';
import type { ExportFormat } from '#common/protocol/exportContract';
import { quoteIdentifier } from '../../query/quote.ts';
import { columnFactory } from '../arrow/columnTypes.ts';
import type { QueryShape } from '../run/queryShape.ts';
import { jsonExpression } from './jsonExpression.ts';
import { someType } from './typeTree.ts';

/** A SELECT whose columns a format can hold, and what had to be changed for that. */
export interface ExportColumns {
  readonly sql: string;
  readonly notices: readonly string[];
}

/** DuckDB writes these to Parquet as something else: as DOUBLE, without microseconds, in another zone, as a STRUCT. */
const INEXACT_IN_PARQUET = new Set([
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.INTERVAL,
  DuckDBTypeId.TIME_TZ,
  DuckDBTypeId.UNION,
]);

const MAX_NAMED = 5;

/** Casts the columns that a format would change to DuckDB's own text, and says which. */
export function exportColumns(sql: string, shape: QueryShape, format: ExportFormat): ExportColumns {
  const places = shape.columns.map((_, i) => quoteIdentifier(`c${i}`));
  const asText = shape.types.map((type) => !isExact(type, format));
  const expressions = places.map((place, i) => {
    const type = shape.types[i];
    if (asText[i]) return `CAST(${place} AS VARCHAR)`;
    // DuckDB writes it to Parquet as microseconds too, but fails at infinity.
    if (format === 'parquet' && type?.typeId === DuckDBTypeId.TIMESTAMP_S) return `CAST(${place} AS TIMESTAMP)`;
    return type && isJson(format) ? jsonExpression(place, type) : place;
  });
  const notices = noticesOf(shape, asText, format);
  if (expressions.every((expression, i) => expression === places[i])) {
    return { sql: `SELECT * FROM (${sql}\n)`, notices };
  }
  const items = expressions.map((expression, i) => {
    return `${expression} AS ${quoteIdentifier(shape.columns[i]?.name ?? '')}`;
  });
  return { sql: `SELECT ${items.join(', ')} FROM (${sql}\n) AS q(${places.join(', ')})`, notices };
}

function isExact(type: DuckDBType, format: ExportFormat): boolean {
  if (format === 'parquet') return !someType(type, ({ typeId }) => INEXACT_IN_PARQUET.has(typeId));
  if (format === 'arrow') return columnFactory(type) !== null;
  if (isJson(format)) return jsonExpression('', type) !== null;
  return true;
}

function isJson(format: ExportFormat): boolean {
  return format === 'json' || format === 'jsonl';
}

const FORMAT_NAMES: Readonly<Record<ExportFormat, string>> = {
  csv: 'CSV',
  tsv: 'TSV',
  json: 'JSON',
  jsonl: 'JSON',
  parquet: 'Parquet',
  arrow: 'Arrow',
  duckdb: 'DuckDB',
};

function noticesOf(shape: QueryShape, asText: readonly boolean[], format: ExportFormat): readonly string[] {
  const names = shape.columns.filter((_, i) => asText[i]).map(({ name, type }) => `${name} (${firstWord(type)})`);
  if (names.length === 0) return [];
  const shown = names.slice(0, MAX_NAMED).join(', ');
  const rest = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return [`Written as text, because ${FORMAT_NAMES[format]} cannot hold their values exactly: ${shown}${rest}.`];
}

/** The head of a type's text, which may list thousands of names. */
function firstWord(type: string): string {
  return /^[^(]*/.exec(type)?.[0].trim() ?? type;
}
