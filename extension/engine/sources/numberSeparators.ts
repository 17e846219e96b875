import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnInfo, SourceNotice } from '#common/protocol/engineContract';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import { sniffCsv, type CsvDialect, type SniffedCsv } from './csvDialect.ts';
import { readerCall, type ReaderOptions } from './readerOptions.ts';
import { readRows } from './sourceContext.ts';

const TRIAL_ROWS = 1000;
const MAX_COLUMNS = 200;
const MAX_NAMED = 3;
/** Options that settle what a comma means, or what the columns are. */
const GIVEN = ['decimal_separator', 'thousands', 'columns', 'all_varchar'];
/** `1.234,5`, and whole numbers. */
const DECIMAL_COMMA = String.raw`\s*[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?\s*`;
/** `1,234.5`, and numbers without a comma. */
const COMMA_GROUPS = String.raw`\s*[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?\s*`;

/** How a file's numbers with commas are read, and what is to be said about them. */
interface FoundNumbers {
  readonly dialect: CsvDialect;
  readonly notices: readonly SourceNotice[];
}

/** Columns of text that holds nothing but numbers, by what the commas in them may mean. */
interface CommaColumns {
  readonly decimal: readonly string[];
  readonly grouped: readonly string[];
  /** Each comma has three digits behind it, so that it may mean either. */
  readonly either: readonly string[];
  /** Whether points group the digits before a decimal comma. */
  readonly hasPointGroups: boolean;
}

/**
 * Reads numbers with decimal commas or grouped digits as numbers, where that is what the commas mean beyond doubt and every other
 * column stays as it is; elsewhere both readings are offered.
 */
export async function readCommaNumbers(connection: DuckDBConnection, csv: SniffedCsv): Promise<FoundNumbers> {
  const { dialect, options } = csv;
  const isGiven = GIVEN.some((name) => options[name] !== undefined);
  const found = isGiven || !mayHoldCommas(csv) ? null : await commaColumns(connection, csv);
  if (!found) return { dialect, notices: [] };
  const { decimal, grouped, either, hasPointGroups } = found;
  const names = [...decimal, ...grouped, ...either];
  if (names.length === 0) return { dialect, notices: [] };
  const asDecimal = { decimal_separator: ',', ...(hasPointGroups && { thousands: '.' }) };
  const asGroups = { thousands: ',' };
  if (decimal.length > 0 && grouped.length === 0) {
    const better = await withSeparators(connection, csv, { names, separators: asDecimal });
    if (better) return { dialect: better, notices: [] };
  }
  if (grouped.length > 0 && decimal.length === 0) {
    const better = await withSeparators(connection, csv, { names, separators: asGroups });
    if (better) return { dialect: better, notices: [] };
  }
  return { dialect, notices: [notice(names, asDecimal, asGroups)] };
}

/** Whether a comma between digits can be seen in the head of a file that is no delimiter. */
function mayHoldCommas({ head, dialect }: SniffedCsv): boolean {
  if (head === null) return true;
  return dialect.delimiter === ',' ? /"[^"\n]*\d,\d/.test(head) : /\d,\d/.test(head);
}

async function commaColumns(
  connection: DuckDBConnection,
  { pattern, options, dialect }: SniffedCsv,
): Promise<CommaColumns | null> {
  const texts = dialect.columns.filter(({ type }) => type === 'VARCHAR').slice(0, MAX_COLUMNS);
  const given = namesOf(options['types']) ?? [];
  const open = texts.filter(({ name }) => !given.includes(name));
  if (open.length === 0) return null;
  const names = open.map(({ name }) => quoteIdentifier(name)).join(', ');
  const items = open.map(({ name }) => shapeSql(quoteIdentifier(name)));
  const relation = readerCall('read_csv', [pattern], { ...dialect.options, ignore_errors: true });
  const sql = `SELECT ${items.join(', ')} FROM (SELECT ${names} FROM ${relation} LIMIT ${TRIAL_ROWS})`;
  const [row = []] = await readRows(connection, sql);
  const ofShape = (...shapes: string[]) =>
    open.filter((_, i) => shapes.includes(String(row[i]))).map(({ name }) => name);
  return {
    decimal: ofShape('decimal', 'decimal with points'),
    grouped: ofShape('grouped'),
    either: ofShape('either'),
    hasPointGroups: ofShape('decimal with points').length > 0,
  };
}

/** What the commas of a column may mean, as a word; NULL for a column that has none, or holds other things than numbers. */
function shapeSql(column: string): string {
  const all = (pattern: string) => `bool_and(regexp_full_match(${column}, ${quoteLiteral(pattern)}))`;
  return `CASE WHEN NOT coalesce(bool_or(contains(${column}, ',')), false) THEN NULL
    WHEN ${all(DECIMAL_COMMA)} AND ${all(COMMA_GROUPS)} THEN 'either'
    WHEN ${all(DECIMAL_COMMA)} THEN if(bool_or(contains(${column}, '.')), 'decimal with points', 'decimal')
    WHEN ${all(COMMA_GROUPS)} THEN 'grouped' END`;
}

function namesOf(types: unknown): readonly string[] | null {
  return typeof types === 'object' && types !== null ? Object.keys(types) : null;
}

/** The dialect with other separators; null when they change a column that they should not, or fail. */
async function withSeparators(
  connection: DuckDBConnection,
  { pattern, options, dialect }: SniffedCsv,
  { names, separators }: { readonly names: readonly string[]; readonly separators: ReaderOptions },
): Promise<CsvDialect | null> {
  const trial = await sniffCsv(connection, pattern, {
    ...options,
    ...separators,
    delim: dialect.delimiter,
    skip: dialect.options['skip'],
    header: dialect.options['header'],
  }).catch(() => null);
  if (trial?.columns.length !== dialect.columns.length) return null;
  const isAsWanted = trial.columns.every((after, index) => isExpected(dialect.columns[index], after, names));
  return isAsWanted ? trial : null;
}

function isExpected(before: ColumnInfo | undefined, after: ColumnInfo, names: readonly string[]): boolean {
  if (before?.name !== after.name) return false;
  return names.includes(after.name) ? after.type !== 'VARCHAR' : after.type === before.type;
}

function notice(names: readonly string[], asDecimal: ReaderOptions, asGroups: ReaderOptions): SourceNotice {
  const others = names.length - MAX_NAMED;
  const shown = names.slice(0, MAX_NAMED).join(', ') + (others > 0 ? ` and ${others} more` : '');
  return {
    message: `Numbers are read as text because of the commas in them: ${shown}.`,
    hint: 'Say what a comma means (the reader options decimal_separator and thousands) to get numbers.',
    remedies: [
      { title: 'Read "," as Decimal Comma', readerOptions: asDecimal },
      { title: 'Read "," as Thousands Separator', readerOptions: asGroups },
    ],
  };
}
