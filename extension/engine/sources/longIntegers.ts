import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier } from '../../query/quote.ts';
import type { CsvDialect, SniffedCsv } from './csvDialect.ts';
import { readerCall } from './readerOptions.ts';
import { readRows } from './sourceContext.ts';

const TRIAL_ROWS = 1000;
const MAX_COLUMNS = 200;
/** The least whole number that BIGINT does not hold; DuckDB takes DOUBLE for a column with such numbers. */
const BEYOND_BIGINT = '9223372036854775808';
const LONG_INTEGER = /\d{19}/;
/** Options by which the user says what columns are. */
const TYPING = ['columns', 'types', 'dtypes', 'column_types'];
/** HUGEINT holds every number of this many digits. */
const MAX_HUGEINT_DIGITS = 38;

/**
 * Keeps whole numbers exact that are too long for BIGINT, such as order numbers of twenty digits: a DOUBLE would round them, and
 * different ones would become equal. They become HUGEINT, or text when they are longer still.
 */
export async function keepLongIntegers(
  connection: DuckDBConnection,
  { pattern, options: given, head, dialect }: SniffedCsv,
): Promise<CsvDialect> {
  const isTyped = TYPING.some((name) => given[name] !== undefined);
  if (isTyped || (head !== null && !LONG_INTEGER.test(head))) return dialect;
  const doubles = dialect.columns.filter(({ type }) => type === 'DOUBLE').slice(0, MAX_COLUMNS);
  if (doubles.length === 0) return dialect;
  const names = doubles.map(({ name }) => name);
  const read = readerCall('read_csv', [pattern], { ...dialect.options, ignore_errors: true });
  const isLong = await evaluate(connection, read, names, (column) => `bool_or(abs(${column}) >= ${BEYOND_BIGINT})`);
  const long = names.filter((_, index) => isLong[index] === true);
  if (long.length === 0) return dialect;
  const types = Object.fromEntries(dialect.columns.map(({ name }) => [name, 'VARCHAR']));
  const texts = readerCall('read_csv', [pattern], { ...dialect.options, ignore_errors: true, columns: types });
  const digits = await evaluate(connection, texts, long, digitsSql);
  const better = new Map(long.map((name, index) => [name, exactType(digits[index])] as const));
  const columns = dialect.columns.map(({ name, type }) => ({ name, type: better.get(name) ?? type }));
  const options = { ...dialect.options, columns: Object.fromEntries(columns.map(({ name, type }) => [name, type])) };
  return { ...dialect, columns, options };
}

async function evaluate(
  connection: DuckDBConnection,
  relation: string,
  names: readonly string[],
  itemOf: (column: string) => string,
): Promise<readonly unknown[]> {
  const columns = names.map(quoteIdentifier);
  const sql = `SELECT ${columns.map(itemOf).join(', ')} FROM (SELECT ${columns.join(', ')} FROM ${relation} LIMIT ${TRIAL_ROWS})`;
  const [row = []] = await readRows(connection, sql);
  return row;
}

/** The most digits of a column's whole numbers; NULL when there are others among them. */
function digitsSql(column: string): string {
  return `if(bool_and(regexp_full_match(${column}, '\\s*[+-]?\\d+\\s*')), max(length(regexp_replace(${column}, '\\D', '', 'g'))), NULL)`;
}

function exactType(digits: unknown): string | null {
  if (digits === null || digits === undefined) return null;
  return Number(digits) <= MAX_HUGEINT_DIGITS ? 'HUGEINT' : 'VARCHAR';
}
