import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnInfo, FoundDialect } from '#common/protocol/engineContract';
import { quoteLiteral } from '../../query/quote.ts';
import { optionArguments, type ReaderOptions } from './readerOptions.ts';
import { readRows } from './sourceContext.ts';

/** How a CSV file is written, found by looking at its first rows. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly columns: readonly ColumnInfo[];
  /** Complete reader options: reading with them looks at nothing again. */
  readonly options: ReaderOptions;
}

/** A CSV file as DuckDB has found it to be written. */
export interface SniffedCsv {
  readonly pattern: string;
  /** As the source gives them. */
  readonly options: ReaderOptions;
  readonly head: string | null;
  readonly dialect: CsvDialect;
}

/** Options that the sniffed dialect replaces. */
const ABSORBED: ReadonlySet<string> = new Set([
  'all_varchar',
  'auto_type_candidates',
  'column_types',
  'columns',
  'comment',
  'dateformat',
  'delim',
  'dtypes',
  'escape',
  'header',
  'names',
  'new_line',
  'normalize_names',
  'quote',
  'sample_size',
  'sep',
  'skip',
  'timestampformat',
  'types',
]);

const EMPTY = '(empty)';
const QUOTE = '"';

/** Lets DuckDB find the dialect of a file. @throws PikaError when it cannot. */
export async function sniffCsv(
  connection: DuckDBConnection,
  pattern: string,
  options: ReaderOptions,
): Promise<CsvDialect> {
  const call = [quoteLiteral(pattern), ...optionArguments(options)].join(', ');
  const columns = 'Delimiter, Quote, Escape, Comment, SkipRows, HasHeader, DateFormat, TimestampFormat, Columns';
  const [row = []] = await readRows(connection, `SELECT ${columns} FROM sniff_csv(${call})`);
  return readDialect(row, options);
}

/** Options that a person may want to know, and what DuckDB reads by when it finds nothing else. */
const SHOWN: Readonly<Record<string, string>> = {
  delim: '',
  quote: '',
  header: '',
  skip: '0',
  dateformat: '',
  timestampformat: '',
  decimal_separator: '.',
  encoding: 'utf-8',
  strict_mode: 'true',
};

/** What was found out about a file, or given, as texts by option; what the file shows nothing of is left out. */
export function foundDialect({ options }: CsvDialect): FoundDialect {
  const texts = Object.entries(SHOWN).map(([name, standard]) => [name, textOf(options[name]) ?? standard] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

function readDialect(row: readonly unknown[], options: ReaderOptions): CsvDialect {
  const [delimiter, quote, escape, comment, skip, header, dateFormat, timestampFormat, columns] = row;
  const columnInfos = columns as readonly ColumnInfo[];
  const kept = Object.entries(options).filter(([name]) => !ABSORBED.has(name));
  return {
    delimiter: character(delimiter),
    columns: columnInfos,
    options: {
      auto_detect: false,
      delim: character(delimiter),
      ...quoting(character(quote), character(escape), options),
      comment: character(comment),
      skip: Number(skip),
      header: Boolean(header),
      columns: Object.fromEntries(columnInfos.map(({ name, type }) => [name, type])),
      ...(typeof dateFormat === 'string' ? { dateformat: dateFormat } : {}),
      ...(typeof timestampFormat === 'string' ? { timestampformat: timestampFormat } : {}),
      ...Object.fromEntries(kept),
    },
  };
}

/** No quotes among the first rows means none were seen, not that none will come. */
function quoting(quote: string, escape: string, options: ReaderOptions): ReaderOptions {
  const isUnseen = quote === '' && options['quote'] === undefined;
  return isUnseen ? { quote: QUOTE, escape: QUOTE } : { quote, escape };
}

function textOf(value: unknown): string | null {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : null;
}

function character(value: unknown): string {
  return typeof value === 'string' && value !== EMPTY ? value : '';
}
