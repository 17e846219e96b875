/** Where comments, strings, quoted names and dollar-quoted strings begin: the places where a semicolon ends nothing. */
const OPAQUE_START = /--|\/\*|[eE]'|['"]|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

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
  OPAQUE_START.lastIndex = at;
  const opening = OPAQUE_START.exec(sql)?.[0];
  switch (opening) {
    case undefined:
      return at;
    case '--':
      return endBefore(sql, '\n', at);
    case '/*':
      return commentEnd(sql, at);
    case "'":
    case '"':
      return quotedEnd(sql, at, opening);
    case "e'":
    case "E'":
      return escapedEnd(sql, at + opening.length);
    default:
      return endBefore(sql, opening, at + opening.length) + opening.length;
  }
}

function endBefore(sql: string, text: string, from: number): number {
  const end = sql.indexOf(text, from);
  return end < 0 ? sql.length : end;
}

/** A doubled quote is two quoted runs side by side. */
function quotedEnd(sql: string, at: number, quote: string): number {
  return endBefore(sql, quote, at + 1) + 1;
}

function escapedEnd(sql: string, from: number): number {
  for (let at = from; at < sql.length; at++) {
    if (sql[at] === '\\') at++;
    else if (sql[at] === "'" && sql[at + 1] === "'") at++;
    else if (sql[at] === "'") return at + 1;
  }
  return sql.length;
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
