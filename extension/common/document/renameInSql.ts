import type { TableReference } from '../protocol/engineContract.ts';
import { nameKey, sqlIdentifier } from './names.ts';
import { sqlTokens, type SqlToken } from './sqlTokens.ts';

interface Replacement {
  readonly start: number;
  readonly end: number;
}

/**
 * Replaces a node's name in a query, both where it is read (`FROM flights`) and where it qualifies a column
 * (`flights.delay`); everything else stays as written.
 *
 * @param references What the parser found in this very text.
 */
export function renameInSql(sql: string, references: readonly TableReference[], oldId: string, newId: string): string {
  const read = references.filter(({ name }) => isSameName(name, oldId));
  if (read.length === 0) return sql;
  const places = new Map<number, Replacement>();
  for (const place of [...read, ...qualifiers(sql, oldId)]) places.set(place.start, place);
  const backwards = [...places.values()].sort((a, b) => b.start - a.start);
  const name = sqlIdentifier(newId);
  return backwards.reduce((text, { start, end }) => text.slice(0, start) + name + text.slice(end), sql);
}

function qualifiers(sql: string, id: string): readonly Replacement[] {
  const tokens = sqlTokens(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  return tokens.filter((token, index) => {
    const isQualifier = tokens[index + 1]?.text === '.' && tokens[index - 1]?.text !== '.';
    return isQualifier && isSameName(nameOf(token), id);
  });
}

function nameOf({ kind, text }: SqlToken): string {
  if (kind === 'quoted') return text.slice(1, -1).replaceAll('""', '"');
  return kind === 'word' ? text : '';
}

function isSameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b);
}
