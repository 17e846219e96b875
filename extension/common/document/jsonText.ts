import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';

/** A JSON object as read; keys such as `__proto__` are keys like any other. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A fault in a JSON text, at a 0-based offset. */
export interface JsonFault {
  readonly message: string;
  readonly offset: number;
}

/** A parsed JSON text: as much of its value as can be read, its faults, and where each value stands. */
export interface JsonReading {
  /** Undefined when nothing can be read. */
  readonly value: unknown;
  readonly faults: readonly JsonFault[];
  /** Offset of an object or array of `value`, or of one of its members; null when unknown. */
  offsetOf(container: unknown, key?: string | number): number | null;
}

/** Deeper than this a text is damaged, or made to be: every step of it is a call when it is read, written or drawn. */
const MAX_DEPTH = 100;

/** Reads JSON, also damaged JSON. Never throws; comments, trailing commas, repeated keys and deep nesting are faults. */
export function readJson(text: string): JsonReading {
  const offsets = new Map<unknown, Map<string | number | undefined, number>>();
  const offsetOf = (container: unknown, key?: string | number) => offsets.get(container)?.get(key) ?? null;
  const errors: ParseError[] = [];
  const faults: JsonFault[] = [];
  const tooDeep = offsetOfDepth(text, MAX_DEPTH);
  if (tooDeep !== null) {
    return { value: undefined, faults: [{ message: 'The text is nested too deeply.', offset: tooDeep }], offsetOf };
  }
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const value = root ? new ValueReader(text, offsets, faults).read(root) : undefined;
  // What follows the first fault is mostly its consequence.
  const syntax = errors
    .slice(0, 1)
    .map(({ error, offset }) => ({ message: sentenceOf(printParseErrorCode(error)), offset }));
  return { value, faults: [...syntax, ...faults], offsetOf };
}

/** Where brackets are nested deeper than `depth`; null when they nowhere are. */
function offsetOfDepth(text: string, depth: number): number | null {
  let open = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInText && character === '\\') at++;
    else if (character === '"') isInText = !isInText;
    else if (isInText && character === '\n') isInText = false;
    else if (!isInText && (character === '[' || character === '{')) open++;
    else if (!isInText && (character === ']' || character === '}')) open--;
    if (open > depth) return at;
  }
  return null;
}

/** Whether a value is a JSON object, and no array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class ValueReader {
  constructor(
    private readonly text: string,
    private readonly offsets: Map<unknown, Map<string | number | undefined, number>>,
    private readonly faults: JsonFault[],
  ) {}

  read(node: Node): unknown {
    if (node.type === 'object') return this.#object(node);
    if (node.type === 'array') return this.#array(node);
    if (node.type === 'number') this.#checkNumber(node);
    return node.value;
  }

  #checkNumber({ offset, length, value }: Node): void {
    const written = this.text.slice(offset, offset + length);
    const isWhole = /^-?\d+$/.test(written);
    const isKept = Number.isFinite(value) && (!isWhole || String(value) === written || isExact(written));
    if (!isKept) this.faults.push({ message: `${written} has more digits than a number can keep.`, offset });
  }

  #object(node: Node): JsonObject {
    const entries = new Map<string, unknown>();
    const places = new Map<string | number | undefined, number>([[undefined, node.offset]]);
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (!key || !value) continue;
      const name = String(key.value);
      if (entries.has(name)) this.faults.push({ message: `"${name}" stands here twice.`, offset: key.offset });
      entries.set(name, this.read(value));
      places.set(name, key.offset);
    }
    const object = Object.fromEntries(entries);
    this.offsets.set(object, places);
    return object;
  }

  #array(node: Node): readonly unknown[] {
    const children = node.children ?? [];
    const array = children.map((child) => this.read(child));
    const places = children.map((child, index) => [index, child.offset] as const);
    this.offsets.set(array, new Map<string | number | undefined, number>([[undefined, node.offset], ...places]));
    return array;
  }
}

function isExact(wholeNumber: string): boolean {
  return BigInt(wholeNumber) === BigInt(Number(wholeNumber));
}

function sentenceOf(code: string): string {
  const words = code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return `The JSON is damaged here: ${words}.`;
}
