import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnInfo, SourceNotice } from '#common/protocol/engineContract';
import { quoteIdentifier } from '../../query/quote.ts';
import { checkReaderOptions, readerCall, type ReaderOptions } from './readerOptions.ts';
import { columnsOf, readRows, type FoundSource, type SourceReading } from './sourceContext.ts';
import { readTextHead } from './textHead.ts';
import { unfoldRemedies } from './unfoldRemedies.ts';

/** Below this size DuckDB may look for the types again with each query. */
const FIXED_FROM_BYTES = 1024 * 1024;
/** As many as DuckDB looks at to find the types. */
const SAMPLE_ROWS = 20_480;
/** Names DuckDB makes up for keys that are empty or differ only in case; they cannot be asked for by name. */
const MADE_UP_NAME = /^(?:.*_\d+|C\d+)$/;
const NESTED_TYPE = /^(?:STRUCT|MAP|JSON)|\[\d*\]$/;

/** Finds out how JSON or JSON Lines files are to be read. @throws PikaError */
export async function readJsonSource(source: FoundSource): Promise<SourceReading> {
  const { connection, request, found } = source;
  checkReaderOptions('read_json', request.options);
  const [file] = found.files;
  const head = file ? await readTextHead(file, request.options, false) : null;
  const options = jsonOptions(source, head);
  const looking = readerCall('read_json', found.patterns, options);
  const detected = await columnsOf(connection, looking);
  const isFixable =
    options['format'] !== undefined && isTabular(head) && !detected.some(({ name }) => MADE_UP_NAME.test(name));
  const columns = isFixable ? await withTexts(connection, looking, detected) : detected;
  const isFixed = isFixable && (found.byteLength >= FIXED_FROM_BYTES || columns !== detected);
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
  const fixed = { ...options, sample_size: undefined, auto_detect: false, columns: types };
  const relation = isFixed ? readerCall('read_json', found.patterns, defined(fixed)) : looking;
  const notices = columns.some(({ type }) => NESTED_TYPE.test(type))
    ? await nestedNotices(source, relation, columns)
    : [];
  const text = { reader: 'read_json', options: isFixed ? defined(fixed) : options } as const;
  return { relation, columns, rowCount: null, notices, text };
}

/**
 * The columns as they are best read: where texts, numbers and truth values are mixed DuckDB has JSON, in which a text stands in
 * quotes; they become text. The same array when there are none.
 */
async function withTexts(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly ColumnInfo[],
): Promise<readonly ColumnInfo[]> {
  const mixed = columns.filter(({ type }) => type === 'JSON').map(({ name }) => quoteIdentifier(name));
  if (mixed.length === 0) return columns;
  const items = mixed.map((name) => `bool_and(json_type(${name}) NOT IN ('OBJECT', 'ARRAY'))`);
  const sample = `SELECT ${mixed.join(', ')} FROM ${relation} LIMIT ${SAMPLE_ROWS}`;
  const [isScalar = []] = await readRows(connection, `SELECT ${items.join(', ')} FROM (${sample})`);
  const texts = new Set(mixed.filter((_, index) => isScalar[index] === true));
  if (texts.size === 0) return columns;
  return columns.map((column) => (texts.has(quoteIdentifier(column.name)) ? { ...column, type: 'VARCHAR' } : column));
}

function jsonOptions({ request: { format, options } }: FoundSource, head: string | null): ReaderOptions {
  if (options['format'] !== undefined) return options;
  if (format === 'jsonl') return { format: 'newline_delimited', ...options };
  return firstCharacter(head) === '[' ? { format: 'array', ...options } : options;
}

function isTabular(head: string | null): boolean {
  return head !== null && /^\s*(?:\[\s*)?\{/.test(head);
}

function firstCharacter(head: string | null): string | undefined {
  return head?.replace(/^\u00ef\u00bb\u00bf/, '').trimStart()[0];
}

function defined(options: ReaderOptions): ReaderOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Remarks on a file that is one object: what is worth a row lies in a list inside it. */
async function nestedNotices(
  { connection }: FoundSource,
  relation: string,
  columns: readonly ColumnInfo[],
): Promise<readonly SourceNotice[]> {
  const [[count] = []] = await readRows(connection, `SELECT count(*) FROM (SELECT 1 FROM ${relation} LIMIT 2)`);
  if (Number(count) !== 1) return [];
  const remedies = unfoldRemedies(columns);
  const hint =
    'Add a query that unfolds the part you want, for example SELECT unnest(column, recursive := true) FROM source.';
  return [{ message: 'This file is one object, so it has one row.', hint, ...(remedies.length > 0 && { remedies }) }];
}
