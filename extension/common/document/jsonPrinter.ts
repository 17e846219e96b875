/** A member of a printed object, or an element (key null) of a printed array, with its text. */
export type JsonMember = readonly [key: string | null, text: string];

const INDENT = '  ';
const MAX_LINE_LENGTH = 100;

/** An object or array with each member on a line of its own. @param level Indentation of the closing bracket. */
export function jsonBlock(open: '{' | '[', members: readonly JsonMember[], level: number): string {
  const close = open === '{' ? '}' : ']';
  if (members.length === 0) return open + close;
  const inner = INDENT.repeat(level + 1);
  const lines = members.map(([key, text]) => inner + (key === null ? text : `${JSON.stringify(key)}: ${text}`));
  return `${open}\n${lines.join(',\n')}\n${INDENT.repeat(level)}${close}`;
}

/**
 * Any JSON value: objects and arrays on one line where they fit, otherwise broken.
 * @param level Indentation of the line it begins on; minus infinity keeps it on one line however long.
 */
export function jsonInline(value: unknown, level: number): string {
  const line = oneLine(value);
  if (typeof value !== 'object' || value === null || fits(line, level)) return line;
  const isArray = Array.isArray(value);
  const members = presentEntries(value).map(([key, each]): JsonMember => [
    isArray ? null : key,
    jsonInline(each, level + 1),
  ]);
  return jsonBlock(isArray ? '[' : '{', members, level);
}

function fits(line: string, level: number): boolean {
  return line.length + Math.max(0, level) * INDENT.length <= MAX_LINE_LENGTH || level === Number.NEGATIVE_INFINITY;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => oneLine(each)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = presentEntries(value).map(([key, each]) => `${JSON.stringify(key)}: ${oneLine(each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function presentEntries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, each]) => Array.isArray(value) || each !== undefined);
}
