import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import type { CsvDialect, SniffedCsv } from './csvDialect.ts';
import { readerCall } from './readerOptions.ts';
import { readRows } from './sourceContext.ts';

const TRIAL_ROWS = 1000;
const MAX_COLUMNS = 200;
const MONTH_NAME = /(?:^|[^a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ,/-]/i;
/** Options by which the user says what columns or dates are. */
const GIVEN = ['dateformat', 'columns', 'types', 'dtypes', 'column_types', 'all_varchar'];
const FORMATS = [
  '%b %d %Y',
  '%b %d, %Y',
  '%B %d %Y',
  '%B %d, %Y',
  '%d %b %Y',
  '%d %B %Y',
  '%d-%b-%Y',
  '%d-%b-%y',
  '%d/%b/%Y',
];

/** Reads columns as dates whose months are written as English words, such as `Jan 1 2000`; DuckDB takes them for text. */
export async function readWrittenDates(
  connection: DuckDBConnection,
  { pattern, options, head, dialect }: SniffedCsv,
): Promise<CsvDialect> {
  const isGiven = GIVEN.some((name) => options[name] !== undefined) || dialect.options['dateformat'] !== undefined;
  if (isGiven || (head !== null && !MONTH_NAME.test(head))) return dialect;
  const texts = dialect.columns.filter(({ type }) => type === 'VARCHAR').slice(0, MAX_COLUMNS);
  if (texts.length === 0) return dialect;
  const names = texts.map(({ name }) => quoteIdentifier(name));
  const relation = readerCall('read_csv', [pattern], { ...dialect.options, ignore_errors: true });
  const sql = `SELECT ${names.map(formatSql).join(', ')} FROM (SELECT ${names.join(', ')} FROM ${relation} LIMIT ${TRIAL_ROWS})`;
  const [row = []] = await readRows(connection, sql);
  const dateformat = row.find((format) => typeof format === 'string');
  if (dateformat === undefined) return dialect;
  const dates = new Set(texts.filter((_, index) => row[index] === dateformat).map(({ name }) => name));
  const columns = dialect.columns.map(({ name, type }) => ({ name, type: dates.has(name) ? 'DATE' : type }));
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
  return { ...dialect, columns, options: { ...dialect.options, dateformat, columns: types } };
}

/** The format that all texts of a column have; NULL when there is none, or no text. */
function formatSql(column: string): string {
  const cases = FORMATS.map((format) => {
    const literal = quoteLiteral(format);
    return `WHEN count(try_strptime(${column}, ${literal})) = count(${column}) THEN ${literal}`;
  });
  return `CASE WHEN count(${column}) = 0 THEN NULL ${cases.join(' ')} END`;
}
