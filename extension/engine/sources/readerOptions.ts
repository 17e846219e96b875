import { PikaError } from '#common/base/pikaError';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';

/** Reader options by name, in DuckDB's words. */
export type ReaderOptions = Readonly<Record<string, unknown>>;

const SHARED = ['filename', 'hive_partitioning', 'hive_types', 'hive_types_autocast', 'union_by_name'];

const CSV = [
  ...SHARED,
  'all_varchar',
  'allow_quoted_nulls',
  'auto_type_candidates',
  'column_types',
  'columns',
  'comment',
  'compression',
  'dateformat',
  'decimal_separator',
  'delim',
  'dtypes',
  'encoding',
  'escape',
  'force_not_null',
  'header',
  'ignore_errors',
  'max_line_size',
  'names',
  'new_line',
  'normalize_names',
  'null_padding',
  'nullstr',
  'quote',
  'sample_size',
  'sep',
  'skip',
  'strict_mode',
  'thousands',
  'timestampformat',
  'types',
];

const JSON_OPTIONS = [
  ...SHARED,
  'columns',
  'compression',
  'convert_strings_to_integers',
  'dateformat',
  'field_appearance_threshold',
  'format',
  'ignore_errors',
  'map_inference_threshold',
  'maximum_depth',
  'maximum_object_size',
  'records',
  'sample_size',
  'timestampformat',
];

const PARQUET = [...SHARED, 'binary_as_string', 'file_row_number'];

const ALLOWED: Readonly<Record<ReaderName, ReadonlySet<string>>> = {
  read_csv: new Set(CSV),
  read_json: new Set(JSON_OPTIONS),
  read_parquet: new Set(PARQUET),
};

/** DuckDB's readers of files. */
export type ReaderName = 'read_csv' | 'read_json' | 'read_parquet';

/** @throws PikaError `bad-request` for an option that the reader does not have. */
export function checkReaderOptions(reader: ReaderName, options: ReaderOptions): void {
  const unknown = Object.keys(options).find((name) => !ALLOWED[reader].has(name));
  if (unknown === undefined) return;
  throw new PikaError('bad-request', `The reader option ${unknown} is not known.`, {
    hint: `Known options: ${[...ALLOWED[reader]].join(', ')}.`,
  });
}

/** A call of a reader that can stand after FROM. */
export function readerCall(reader: ReaderName, patterns: readonly string[], options: ReaderOptions): string {
  return `${reader}(${[`[${patterns.map(quoteLiteral).join(', ')}]`, ...optionArguments(options)].join(', ')})`;
}

/** Options as named arguments; names have been checked or are our own. */
export function optionArguments(options: ReaderOptions): string[] {
  return Object.entries(options).map(([name, value]) => `${name} = ${sqlValue(value)}`);
}

/** A JSON value as SQL: objects become structs, arrays lists. @throws PikaError `bad-request` */
export function sqlValue(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return quoteLiteral(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(sqlValue).join(', ')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([key, member]) => `${quoteIdentifier(key)}: ${sqlValue(member)}`);
    return `{${members.join(', ')}}`;
  }
  throw new PikaError('bad-request', 'A reader option has a value that SQL cannot express.');
}
