import type { DuckDBConnection } from '@duckdb/node-api';
import type { Remedy } from '#common/base/pikaError';
import type { ColumnInfo, SourceNotice } from '#common/protocol/engineContract';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import { readHead } from './fileKind.ts';
import { readRows } from './sourceContext.ts';

const TRIAL_ROWS = 1000;
const MAX_COLUMNS = 200;
const MAX_NAMED = 3;
const MISSING_WORDS = ['NA', 'N/A', 'n/a', 'NULL', 'null', 'None', '#N/A', '-', '?', '.'];

/** The trial rows of most files are not longer. */
const LOOKED_AT_BYTES = 256 * 1024;

/**
 * Whether one of the words may stand as a value in the first rows of a text file, in UTF-8 or an encoding like it. Its bytes tell
 * that in a fraction of the time that DuckDB needs for those rows.
 */
export async function mayMissValues(path: string, delimiter: string): Promise<boolean> {
  const head = await readHead(path, LOOKED_AT_BYTES);
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  const rows = firstLines(text, TRIAL_ROWS + 1);
  if (rows === text && head.byteLength === LOOKED_AT_BYTES) return true;
  const border = `[${escaped(delimiter)}"'\r\n]`;
  const words = MISSING_WORDS.map(escaped).join('|');
  return new RegExp(`(?:^|${border})(?:${words})(?:${border}|$)`).test(rows);
}

function firstLines(text: string, count: number): string {
  let end = 0;
  for (let line = 0; line < count; line++) {
    const next = text.indexOf('\n', end);
    if (next < 0) return text;
    end = next + 1;
  }
  return text.slice(0, end);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

/** A text source, and which texts it reads as NULL already. */
interface ReadText {
  readonly relation: string;
  readonly columns: readonly ColumnInfo[];
  readonly nullTexts: readonly string[];
}

/** A remark about columns of numbers that became text because words stand for "missing" in them; one remedy reads all of them. */
export async function missingValueNotices(
  connection: DuckDBConnection,
  { relation, columns, nullTexts }: ReadText,
): Promise<readonly SourceNotice[]> {
  const texts = columns.filter(({ type }) => type === 'VARCHAR').slice(0, MAX_COLUMNS);
  if (texts.length === 0) return [];
  const rows = await readRows(connection, missingWordsSql(relation, texts));
  const wordsOf = new Map(rows.map(([name, words]) => [String(name), JSON.parse(String(words)) as readonly string[]]));
  const found = texts.map(({ name }) => name).filter((name) => wordsOf.has(name));
  const words = MISSING_WORDS.filter((word) => [...wordsOf.values()].some((all) => all.includes(word)));
  return found.length > 0 ? [notice(words, found, nullTexts)] : [];
}

/**
 * The columns whose values are words for "missing" and numbers alone, and those words as JSON. Columns become rows first: of
 * hundreds of columns with aggregates of their own, DuckDB takes seconds to make a plan.
 */
function missingWordsSql(relation: string, texts: readonly ColumnInfo[]): string {
  const names = texts.map(({ name }) => quoteIdentifier(name)).join(', ');
  const isWord = `text IN (${MISSING_WORDS.map(quoteLiteral).join(', ')})`;
  const isNumber = 'TRY_CAST(text AS DOUBLE) IS NOT NULL';
  const first = `SELECT ${names} FROM ${relation} LIMIT ${TRIAL_ROWS}`;
  const values = `SELECT place, text, ${isWord} AS is_word, ${isNumber} AS is_number FROM (UNPIVOT (${first}) ON COLUMNS(*) INTO NAME place VALUE text)`;
  const words = 'to_json(list(DISTINCT text) FILTER (is_word))::VARCHAR';
  return `SELECT place, ${words} FROM (${values}) GROUP BY place HAVING bool_and(is_word OR is_number) AND bool_or(is_word) AND bool_or(is_number)`;
}

function notice(words: readonly string[], names: readonly string[], nullTexts: readonly string[]): SourceNotice {
  const quoted = words.map((word) => `"${word}"`);
  const others = names.length - MAX_NAMED;
  const shown = names.slice(0, MAX_NAMED).join(', ') + (others > 0 ? ` and ${others} more` : '');
  const title = `Read ${quoted.join(', ')} as NULL`;
  const remedy: Remedy = { title, readerOptions: { nullstr: [...nullTexts, ...words] } };
  const [stand, them] = words.length === 1 ? ['stands', 'it'] : ['stand', 'them'];
  return {
    message: `Numbers are read as text because ${quoted.join(' and ')} ${stand} among them: ${shown}.`,
    hint: `Read ${them} as NULL (the reader option nullstr) to get numbers.`,
    remedies: [remedy],
  };
}
