const SPACE = /[ \t\r\n]*/y;
const QUOTE = /"/y;
// eslint-disable-next-line no-control-regex
const PLAIN = /[^"\\\x00-\x1f]+/y;
const ESCAPED = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
/** DuckDB takes the names of numbers that are none, too. */
const WORD =
  /-?(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|[Nn][Aa][Nn]|[Ii][Nn][Ff](?:[Ii][Nn][Ii][Tt][Yy])?)|true|false|null/y;

/**
 * Where a text stops being JSON: one value, or several that follow each other.
 *
 * @param text One character for each byte.
 * @returns The offset of what does not belong there, or of the end where something is missing; null when all is well.
 */
export function jsonFault(text: string): number | null {
  const walk = new JsonWalk(text);
  while (!walk.isAtEnd) if (!walk.step()) return walk.offset;
  return walk.isComplete ? null : text.length;
}

class JsonWalk {
  readonly #open: ('{' | '[')[] = [];
  #expected: 'value' | 'key' | 'colon' | 'comma' = 'value';
  #offset = 0;

  constructor(private readonly text: string) {
    this.#pass(SPACE);
  }

  get offset(): number {
    return this.#offset;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.text.length;
  }

  get isComplete(): boolean {
    return this.#open.length === 0;
  }

  /** Goes on by one sign, text or word; false when it does not belong there. */
  step(): boolean {
    const character = this.text.charAt(this.#offset);
    if (!(this.#isEnd(character) ? this.#close() : this.#goOn(character))) return false;
    this.#pass(SPACE);
    return true;
  }

  /** A list or object may end when it has just begun and, as DuckDB has it, after a comma. */
  #isEnd(character: string): boolean {
    const isList = this.#open.at(-1) === '[';
    if (isList) return character === ']';
    return character === '}' && (this.#expected === 'key' || this.#expected === 'comma');
  }

  #goOn(character: string): boolean {
    switch (this.#expected) {
      case 'value':
        return character === '{' || character === '[' ? this.#enter(character) : this.#passValue(character);
      case 'key':
        this.#expected = 'colon';
        return this.#passText();
      case 'colon':
        this.#expected = 'value';
        return this.#pass(/:/y);
      case 'comma':
        this.#expected = this.#open.at(-1) === '{' ? 'key' : 'value';
        return this.#pass(/,/y);
    }
  }

  #enter(bracket: '{' | '['): boolean {
    this.#open.push(bracket);
    this.#expected = bracket === '{' ? 'key' : 'value';
    this.#offset++;
    return true;
  }

  #close(): boolean {
    this.#open.pop();
    this.#offset++;
    return this.#endValue();
  }

  #passValue(character: string): boolean {
    return (character === '"' ? this.#passText() : this.#pass(WORD)) && this.#endValue();
  }

  #endValue(): boolean {
    this.#expected = this.#open.length === 0 ? 'value' : 'comma';
    return true;
  }

  /** Where a text does not end, its beginning is the fault. */
  #passText(): boolean {
    const start = this.#offset;
    if (!this.#pass(QUOTE)) return false;
    while (this.#pass(PLAIN) || this.#pass(ESCAPED));
    if (this.#pass(QUOTE)) return true;
    if (this.isAtEnd) this.#offset = start;
    return false;
  }

  /** Passes over what a pattern matches here; false when it matches nothing. */
  #pass(pattern: RegExp): boolean {
    pattern.lastIndex = this.#offset;
    if (!pattern.test(this.text)) return false;
    const isPassed = pattern.lastIndex > this.#offset;
    this.#offset = pattern.lastIndex;
    return isPassed;
  }
}
