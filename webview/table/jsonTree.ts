/** A part of a JSON text; numbers and words stay as they are written. */
export type JsonPart =
  | { readonly kind: 'value'; readonly text: string; readonly type: 'text' | 'number' | 'word' }
  | { readonly kind: 'array' | 'object'; readonly entries: readonly JsonEntry[] };

/** One item of an array, by its place, or one field of an object; names may be there more than once. */
export interface JsonEntry {
  readonly name: string;
  readonly value: JsonPart;
}

const TOKEN =
  /\s*(?:([[\]{},:])|("(?:[^"\\]|\\.)*")|(-?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|nan|inf))|(true|false|null))\s*/iy;
/** Deeper values are left as text: nobody opens so many levels by hand. */
const MAX_DEPTH = 200;

/** The parts of a JSON text, exactly as written; null when it is none, or no array or object. */
export function jsonTree(text: string): JsonPart | null {
  if (!/^\s*[[{]/.test(text)) return null;
  const tokens = tokensOf(text);
  if (!tokens) return null;
  const reader = new JsonReader(tokens);
  const part = reader.part(0);
  return part && reader.isAtEnd ? part : null;
}

function tokensOf(text: string): readonly string[] | null {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (!found) return null;
    tokens.push(found[0].trim());
  }
  return tokens;
}

class JsonReader {
  #at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  get isAtEnd(): boolean {
    return this.#at === this.tokens.length;
  }

  part(depth: number): JsonPart | null {
    const token = this.tokens[this.#at++];
    if (token === undefined || depth > MAX_DEPTH) return null;
    if (token === '[') return this.#entries('array', ']', depth);
    if (token === '{') return this.#entries('object', '}', depth);
    if (token.startsWith('"')) return { kind: 'value', text: unquoted(token), type: 'text' };
    if (/^(?:[-\d]|nan|inf)/i.test(token)) return { kind: 'value', text: token, type: 'number' };
    return /^\w/.test(token) ? { kind: 'value', text: token, type: 'word' } : null;
  }

  #entries(kind: 'array' | 'object', end: string, depth: number): JsonPart | null {
    const entries: JsonEntry[] = [];
    if (this.#take(end)) return { kind, entries };
    do {
      const name = kind === 'array' ? String(entries.length) : this.#name();
      const value = name === null ? null : this.part(depth + 1);
      if (name === null || value === null) return null;
      entries.push({ name, value });
    } while (this.#take(','));
    return this.#take(end) ? { kind, entries } : null;
  }

  #name(): string | null {
    const token = this.tokens[this.#at++];
    return token?.startsWith('"') && this.#take(':') ? unquoted(token) : null;
  }

  #take(token: string): boolean {
    if (this.tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}

/** What an array or object holds, in a few words. */
export function jsonSummary({ kind, entries }: Extract<JsonPart, { kind: 'array' | 'object' }>): string {
  const count = entries.length.toLocaleString('en-US');
  const word = kind === 'array' ? 'item' : 'field';
  return `${count} ${word}${entries.length === 1 ? '' : 's'}`;
}
