import { duckdb, formatDialect, type FormatOptionsWithDialect } from 'sql-formatter';
import { PikaError } from '../base/pikaError.ts';
import { sqlTokens } from '../document/sqlTokens.ts';

const OPTIONS: FormatOptionsWithDialect = {
  dialect: duckdb,
  keywordCase: 'preserve',
  tabWidth: 2,
  expressionWidth: 80,
  paramTypes: { named: ['$'] },
};

/** The text laid out anew, its words and comments unchanged. @throws PikaError `query-syntax` when it cannot be. */
export function formatSql(sql: string): string {
  if (sql.trim() === '') return sql;
  const formatted = layOut(sql);
  if (meaning(formatted) === meaning(sql)) return formatted;
  throw new PikaError('query-syntax', 'This text cannot be formatted without changing what it says.');
}

function layOut(sql: string): string {
  try {
    return formatDialect(sql, OPTIONS);
  } catch (error) {
    const hint = 'Repair what is underlined first.';
    throw new PikaError('query-syntax', 'This text cannot be formatted as it is.', { hint }, { cause: error });
  }
}

/** What a text says, whatever its layout: all that is no space, in order. */
function meaning(sql: string): string {
  const tokens = sqlTokens(sql).filter(({ kind }) => kind !== 'space');
  return JSON.stringify(tokens.map(({ kind, text }) => (kind === 'comment' ? text.replace(/\s+/g, ' ').trim() : text)));
}
