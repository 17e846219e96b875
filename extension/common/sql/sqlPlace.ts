import { sqlTokens, type SqlToken } from '../document/sqlTokens.ts';
import { groupsAround, isWord, nameOfItem, statementGroup, type SqlGroup, type SqlItem } from './sqlGroups.ts';

/** What can be written at a place in a text. `start` is where the word at the cursor begins. */
export type SqlPlace =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'file'; readonly start: number; readonly groups: readonly SqlGroup[] }
  | { readonly kind: 'parameter'; readonly start: number; readonly groups: readonly SqlGroup[] }
  | { readonly kind: 'member'; readonly of: string; readonly start: number; readonly groups: readonly SqlGroup[] }
  | { readonly kind: 'table'; readonly start: number; readonly groups: readonly SqlGroup[] }
  | { readonly kind: 'expression'; readonly start: number; readonly groups: readonly SqlGroup[] };

const TABLE_WORDS = new Set(['from', 'join', 'summarize', 'describe', 'pivot', 'unpivot', 'table']);
const FROM_WORDS = new Set(['from', 'join']);
const CLAUSES = new Set(
  'select from where group order having qualify limit on using window union intersect except join'.split(' '),
);
const READERS = /^(read_|parquet_|glob$|sniff_csv$)/i;

/** What stands at the cursor, as far as the text before and after it tells. */
export function placeAt(sql: string, offset: number): SqlPlace {
  const token = sqlTokens(sql).find(({ start, end }) => start < offset && offset <= end);
  if (token && isInside(token, offset, ['comment'])) return { kind: 'nothing' };
  const groups = groupsAround(statementGroup(sql, offset), offset);
  const isName = token?.kind === 'word' || token?.kind === 'quoted';
  const start = isName || token?.kind === 'string' ? token.start : offset;
  const before = itemsBefore(groups, start);
  const last = before.at(-1);
  if (token?.kind === 'string') return stringPlace(token, offset, groups, before);
  if (last?.kind === 'symbol' && last.text === '$' && last.end === start) {
    return { kind: 'parameter', start: last.start, groups };
  }
  if (token?.kind === 'word' && /^\d/.test(token.text)) return { kind: 'nothing' };
  if (last?.kind === 'symbol' && last.text === '.') {
    const of = nameOfItem(before.at(-2));
    return of === null ? { kind: 'nothing' } : { kind: 'member', of, start, groups };
  }
  return { kind: expectsTable(before) ? 'table' : 'expression', start, groups };
}

/** Whether the cursor is in the middle of a token that nothing can be added to. */
function isInside({ kind, text, start, end }: SqlToken, offset: number, kinds: readonly SqlToken['kind'][]): boolean {
  const isOpenEnded = text.startsWith('--');
  return kinds.includes(kind) && start < offset && (offset < end || isOpenEnded);
}

function itemsBefore(groups: readonly SqlGroup[], offset: number): readonly SqlItem[] {
  return (groups.at(-1)?.items ?? []).filter(({ end }) => end <= offset);
}

function expectsTable(before: readonly SqlItem[]): boolean {
  const last = before.at(-1);
  if (isWord(last, TABLE_WORDS)) return true;
  if (last?.kind !== 'symbol' || last.text !== ',') return false;
  return isWord(
    before.findLast((item) => isWord(item, CLAUSES)),
    FROM_WORDS,
  );
}

function stringPlace(
  { text, start, end }: SqlToken,
  offset: number,
  groups: readonly SqlGroup[],
  before: readonly SqlItem[],
): SqlPlace {
  const isClosed = text.length > 1 && text.endsWith("'");
  if (isClosed && offset === end) return { kind: 'nothing' };
  const isPath = expectsTable(before) || groups.some((group, i) => isReaderCall(groups[i - 1], group));
  return isPath ? { kind: 'file', start: start + 1, groups } : { kind: 'nothing' };
}

/** Whether a group holds the arguments of a function that reads files. */
function isReaderCall(outer: SqlGroup | undefined, group: SqlGroup): boolean {
  const at = outer?.items.indexOf(group) ?? -1;
  const name = at > 0 ? nameOfItem(outer?.items[at - 1]) : null;
  return name !== null && READERS.test(name);
}
