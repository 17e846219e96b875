import type { RelationMention, SelectInspection } from '../protocol/engineContract.ts';
import { nameKey, sqlIdentifier } from './names.ts';
import { sqlTokens, type SqlToken } from './sqlTokens.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** A node's name, before and after. */
export interface NewName {
  readonly oldId: string;
  readonly newId: string;
  /** Whether a table of the query has a column of the old name, which that name by itself then means. */
  readonly isColumn: boolean;
}

/**
 * Replaces a node's name in a query: where it is read (`FROM flights`), where it qualifies a column (`flights.delay`) and
 * where it stands for its rows (`list(flights)`). Everything else of the same letters stays as written: aliases, common
 * tables, columns, texts and comments.
 *
 * @param found What the parser found in this very text.
 */
export function renameInSql(
  sql: string,
  found: Pick<SelectInspection, 'tables' | 'mentions'>,
  { oldId, newId, isColumn }: NewName,
): string {
  const read = found.tables.filter(({ name }) => isSameName(name, oldId));
  if (read.length === 0) return sql;
  const tokens = sqlTokens(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const mentions = found.mentions.filter(({ name }) => isSameName(name, oldId));
  const aliases = placesOf(mentions, 'alias', tokens);
  const qualifiers = tokens.filter((token, index) => isQualifier(tokens, index) && isNameOf(token, oldId));
  const rows = isColumn ? [] : placesOf(mentions, 'rows', tokens);
  const places = new Map<number, Place>();
  for (const place of [...read, ...qualifiers, ...rows]) places.set(place.start, place);
  for (const { start } of aliases) places.delete(start);
  const backwards = [...places.values()].sort((a, b) => b.start - a.start);
  const name = sqlIdentifier(newId);
  return backwards.reduce((text, { start, end }) => text.slice(0, start) + name + text.slice(end), sql);
}

/** Of each mention the name itself, which may stand behind where the mention begins, as in `COLUMNS(flights.*)`. */
function placesOf(
  mentions: readonly RelationMention[],
  means: RelationMention['means'],
  tokens: readonly SqlToken[],
): readonly Place[] {
  const wanted = mentions.filter((mention) => mention.means === means);
  const byStart = new Map(tokens.map((token) => [token.start, token]));
  return wanted.flatMap(({ name, start }) => {
    const token = byStart.get(start);
    if (token && isNameOf(token, name)) return [token];
    const behind = tokens.find((each) => each.start > start && isNameOf(each, name));
    return behind ? [behind] : [];
  });
}

function isQualifier(tokens: readonly SqlToken[], index: number): boolean {
  return tokens[index + 1]?.text === '.' && tokens[index - 1]?.text !== '.';
}

function isNameOf({ kind, text }: SqlToken, id: string): boolean {
  if (kind === 'quoted') return isSameName(text.slice(1, -1).replaceAll('""', '"'), id);
  return kind === 'word' && isSameName(text, id);
}

function isSameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b);
}
