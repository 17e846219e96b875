import type { DuckDBConnection } from '@duckdb/node-api';
import type { Remedy } from '#common/base/pikaError';
import type { ColumnInfo, SourceNotice } from '#common/protocol/engineContract';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import { readRows } from './sourceContext.ts';

const TRIAL_ROWS = 1000;
const MAX_COLUMNS = 200;
const MAX_NAMED = 3;
const MISSING_WORDS = ['NA', 'N/A', 'n/a', 'NULL', 'null', 'None', '#N/A', '-', '?', '.'];

/** A text source, and which texts it reads as NULL already. */
interface ReadText {
  readonly relation: string;
  readonly columns: readonly ColumnInfo[];
  readonly nullTexts: readonly string[];
}

/** Remarks about columns of numbers that became text because a word stands for "missing" in them. */
export async function missingValueNotices(
  connection: DuckDBConnection,
  { relation, columns, nullTexts }: ReadText,
): Promise<readonly SourceNotice[]> {
  const texts = columns.filter(({ type }) => type === 'VARCHAR').slice(0, MAX_COLUMNS);
  if (texts.length === 0) return [];
  const names = texts.map(({ name }) => quoteIdentifier(name)).join(', ');
  const items = texts.map(({ name }) => missingWordSql(quoteIdentifier(name)));
  const sql = `SELECT ${items.join(', ')} FROM (SELECT ${names} FROM ${relation} LIMIT ${TRIAL_ROWS})`;
  const [row = []] = await readRows(connection, sql);
  const namesByWord = new Map<string, string[]>();
  row.forEach((word, index) => {
    const name = texts[index]?.name;
    if (typeof word === 'string' && name !== undefined) namesByWord.set(word, [...(namesByWord.get(word) ?? []), name]);
  });
  return [...namesByWord].map(([word, found]) => notice(word, found, nullTexts));
}

/** The missing-value word of a column in which everything else is a number; NULL otherwise. */
function missingWordSql(column: string): string {
  const isWord = `${column} IN (${MISSING_WORDS.map(quoteLiteral).join(', ')})`;
  const isNumber = `TRY_CAST(${column} AS DOUBLE) IS NOT NULL`;
  const isUnfit = `${column} IS NOT NULL AND NOT ${isWord} AND NOT ${isNumber}`;
  return `CASE WHEN count(*) FILTER (${isUnfit}) = 0 AND count(*) FILTER (${isNumber}) > 0 THEN min(${column}) FILTER (${isWord}) END`;
}

function notice(word: string, names: readonly string[], nullTexts: readonly string[]): SourceNotice {
  const others = names.length - MAX_NAMED;
  const shown = names.slice(0, MAX_NAMED).join(', ') + (others > 0 ? ` and ${others} more` : '');
  const remedy: Remedy = { title: `Read "${word}" as NULL`, readerOptions: { nullstr: [...nullTexts, word] } };
  return {
    message: `Numbers are read as text because "${word}" stands among them: ${shown}.`,
    hint: 'Read it as NULL (the reader option nullstr) to get numbers.',
    remedies: [remedy],
  };
}
