/** Comments, strings, quoted names and dollar-quoted strings: the places where a semicolon ends nothing. */
const OPAQUE =
  /--[^\n]*|\/\*|[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)/y;

/**
 * A statement without the semicolons around it, so that it can stand in brackets.
 * Offsets stay valid: what is cut at the start becomes blanks. A last line comment may remain, so put a newline after it.
 */
export function statementText(sql: string): string {
  let start = 0;
  let hasContent = false;
  for (let at = 0; at < sql.length;) {
    const skipped = opaqueEnd(sql, at);
    if (skipped > at) {
      hasContent ||= !/^(?:--|\/\*)/.test(sql.slice(at, at + 2));
      at = skipped;
      continue;
    }
    if (sql[at] === ';') {
      if (hasContent) return blank(start) + sql.slice(start, at);
      start = at + 1;
    } else if (/\S/.test(sql.charAt(at))) {
      hasContent = true;
    }
    at++;
  }
  return blank(start) + sql.slice(start);
}

function blank(length: number): string {
  return ' '.repeat(length);
}

function opaqueEnd(sql: string, at: number): number {
  OPAQUE.lastIndex = at;
  const match = OPAQUE.exec(sql);
  if (!match) return at;
  if (match[0] === '/*') return commentEnd(sql, at);
  const tag = match[1];
  if (tag === undefined) return OPAQUE.lastIndex;
  const close = sql.indexOf(tag, at + tag.length);
  return close < 0 ? sql.length : close + tag.length;
}

/** Block comments nest. */
function commentEnd(sql: string, at: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = at;
  let depth = 0;
  for (let match = edge.exec(sql); match; match = edge.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return sql.length;
}
