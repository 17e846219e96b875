/** A piece of SQL text; `start` and `end` are UTF-16 offsets. Strings and comments are one token each. */
export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'string' | 'comment' | 'space' | 'symbol';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const PATTERN = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))`,
    String.raw`(?<string>[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|(?<tag>\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)[\s\S]*?(?:\k<tag>|$))`,
    String.raw`(?<quoted>"(?:[^"]|"")*(?:"|$))`,
    String.raw`(?<word>[\p{L}\p{N}_][\p{L}\p{N}\p{M}_$]*)`,
    String.raw`(?<symbol>[\s\S])`,
  ].join('|'),
  'gu',
);

/** Splits SQL into tokens that together are the whole text. Never fails: what is not closed reaches to the end. */
export function sqlTokens(sql: string): readonly SqlToken[] {
  return [...sql.matchAll(PATTERN)].map((match) => {
    const groups = match.groups ?? {};
    const kind = (['space', 'comment', 'string', 'quoted', 'word'] as const).find((each) => groups[each] !== undefined);
    return { kind: kind ?? 'symbol', text: match[0], start: match.index, end: match.index + match[0].length };
  });
}

/** The text without the semicolons that end it, and without what follows them when that is only space and comments. */
export function withoutFinalSemicolon(sql: string): string {
  const meaningful = sqlTokens(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const last = meaningful.findLastIndex(({ text }) => text !== ';');
  const semicolon = meaningful[last + 1];
  return semicolon ? sql.slice(0, semicolon.start) : sql;
}
