import type { SqlToken } from '../document/sqlTokens.ts';
import { sqlTokens } from '../document/sqlTokens.ts';

/** Tokens between two brackets, or a whole statement; what is not closed reaches to the end. */
export interface SqlGroup {
  readonly kind: 'group';
  readonly start: number;
  readonly end: number;
  readonly items: readonly SqlItem[];
}

/** A token that means something, or a bracketed group. */
export type SqlItem = SqlToken | SqlGroup;

interface OpenGroup {
  readonly start: number;
  readonly items: SqlItem[];
}

const OPENING = new Set(['(', '[']);
const CLOSING = new Set([')', ']']);

/** The statement around an offset as nested groups; semicolons part statements. Never fails. */
export function statementGroup(sql: string, offset: number): SqlGroup {
  const tokens = sqlTokens(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const before = tokens.findLast(({ text, end }) => text === ';' && end <= offset)?.end ?? 0;
  const after = tokens.find(({ text, start }) => text === ';' && start >= offset)?.start ?? sql.length;
  return group(
    tokens.filter(({ start }) => start >= before && start < after),
    before,
    after,
  );
}

function group(tokens: readonly SqlToken[], start: number, end: number): SqlGroup {
  const root: OpenGroup = { start, items: [] };
  const open: OpenGroup[] = [root];
  for (const token of tokens) {
    const innermost = open.at(-1) ?? root;
    if (OPENING.has(token.text)) open.push({ start: token.start, items: [] });
    else if (CLOSING.has(token.text) && open.length > 1) close(open, token.end);
    else innermost.items.push(token);
  }
  while (open.length > 1) close(open, end + 1);
  return { kind: 'group', start, end, items: root.items };
}

function close(open: OpenGroup[], end: number): void {
  const closed = open.pop();
  if (closed) open.at(-1)?.items.push({ kind: 'group', ...closed, end });
}

/** The groups around an offset, the outermost first. */
export function groupsAround(root: SqlGroup, offset: number): readonly SqlGroup[] {
  const inner = root.items.find(
    (item): item is SqlGroup => item.kind === 'group' && item.start < offset && offset < item.end,
  );
  return inner ? [root, ...groupsAround(inner, offset)] : [root];
}

/** Whether an item is one of these words; they are given in lower case. */
export function isWord(item: SqlItem | undefined, words: ReadonlySet<string>): boolean {
  return item?.kind === 'word' && words.has(item.text.toLowerCase());
}

/** The name that an item is, without its quotes; null when it is none. */
export function nameOfItem(item: SqlItem | undefined): string | null {
  if (item?.kind === 'word') return item.text;
  return item?.kind === 'quoted' ? item.text.replace(/^"|"$/g, '').replaceAll('""', '"') : null;
}
