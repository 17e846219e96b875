import { emptyDocument } from './emptyDocument.ts';
import { isJsonObject, readJson, type JsonObject, type JsonReading } from './jsonText.ts';
import { migrate } from './migrations.ts';
import {
  DOCUMENT_VERSION,
  type DocumentProblem,
  type DocumentReading,
  type NodeLayout,
  type PikaDocument,
  type PikaNode,
  type RunMode,
} from './pikaDocument.ts';
import { nameKey } from './names.ts';
import { placeNodes } from './placeNodes.ts';
import { readNode } from './readNode.ts';

/** Beyond this a coordinate is taken for damage, in canvas pixels. */
const MAX_COORDINATE = 1_000_000;

/** More faults than this are counted, not told. */
const MAX_PROBLEMS = 99;

const KNOWN_FIELDS: ReadonlySet<string> = new Set(['version', 'run', 'nodes', 'layout']);

/**
 * Reads the text of a `.pika` file; an empty text is an empty document.
 *
 * Never throws: what can be understood of a damaged text is in the document, the rest is told as problems. Nodes that
 * have no usable place in the text get one. `invalid` when writing the document back would lose something that stands there.
 */
export function readDocument(text: string): DocumentReading {
  if (text.trim() === '') return { document: emptyDocument(), problems: [], readOnlyReason: null };
  return new DocumentReader(text).read();
}

class DocumentReader {
  readonly #json: JsonReading;
  readonly #problems: DocumentProblem[] = [];
  readonly #lines: LineFinder;
  #untoldCount = 0;
  #isDamaged = false;

  constructor(text: string) {
    this.#lines = new LineFinder(text);
    this.#json = readJson(text.replace(/^\uFEFF/, ' '));
  }

  read(): DocumentReading {
    for (const { message, offset } of this.#json.faults) this.#report(message, { offset, isFatal: true });
    const { value } = this.#json;
    if (!isJsonObject(value)) {
      if (!this.#isDamaged) this.#report('A workspace is a JSON object.', { offset: 0, isFatal: true });
      return this.#finish(emptyDocument());
    }
    const version = this.#readVersion(value);
    const isOlder = version < DOCUMENT_VERSION;
    return this.#finish(this.#readContent(isOlder ? migrate(value, version) : value, version));
  }

  #readVersion(json: JsonObject): number {
    const { version } = json;
    if (typeof version === 'number' && Number.isInteger(version) && version >= 1) return version;
    const message = `"version" must be a whole number from 1 to ${DOCUMENT_VERSION}.`;
    this.#report(message, { offset: this.#json.offsetOf(json, 'version') ?? 0, isFatal: true });
    return DOCUMENT_VERSION;
  }

  #readContent(json: JsonObject, version: number): PikaDocument {
    const nodes = this.#readNodes(json);
    const layout = this.#readLayout(json, nodes);
    const extra = Object.fromEntries(Object.entries(json).filter(([key]) => !KNOWN_FIELDS.has(key)));
    const runMode = this.#readRunMode(json);
    const isPlaced = (node: PikaNode) => Object.hasOwn(layout, node.id);
    const base = { version: Math.max(version, DOCUMENT_VERSION), ...(runMode ? { runMode } : {}) };
    const placed = { ...base, nodes: nodes.filter(isPlaced), layout, extra };
    const missing = nodes.filter((node) => !isPlaced(node));
    return missing.length === 0 ? placed : { ...placeNodes(placed, missing), nodes };
  }

  #readRunMode(json: JsonObject): RunMode | null {
    const { run } = json;
    if (run === undefined) return null;
    if (run === 'automatic' || run === 'on-request') return run;
    const message = '"run" must be "automatic" or "on-request".';
    this.#report(message, { offset: this.#json.offsetOf(json, 'run'), isFatal: true });
    return 'on-request';
  }

  #readNodes(json: JsonObject): readonly PikaNode[] {
    const { nodes = [] } = json;
    if (!Array.isArray(nodes)) {
      this.#report('"nodes" must be an array.', { offset: this.#json.offsetOf(json, 'nodes'), isFatal: true });
      return [];
    }
    const taken = new Set<string>();
    return nodes.flatMap((each: unknown, index) => {
      const node = this.#readNode(each, this.#json.offsetOf(nodes, index), taken);
      return node ? [node] : [];
    });
  }

  #readNode(json: unknown, offset: number | null, taken: Set<string>): PikaNode | null {
    const { id, kind } = isJsonObject(json) ? json : {};
    if (!isJsonObject(json) || typeof id !== 'string' || id === '' || typeof kind !== 'string') {
      this.#report('A node is an object with an "id" and a "kind".', { offset, isFatal: true });
      return null;
    }
    const key = nameKey(id);
    if (taken.has(key)) {
      const place = this.#json.offsetOf(json, 'id') ?? offset;
      this.#report(`Two nodes are named ${id}; upper and lower case are the same.`, {
        offset: place,
        isFatal: true,
        id,
      });
      return null;
    }
    taken.add(key);
    const { node, problems } = readNode(json, id, kind);
    for (const { field, message, isFatal } of problems) {
      this.#report(message, { offset: this.#json.offsetOf(json, field) ?? offset, isFatal, id });
    }
    return node;
  }

  #readLayout(json: JsonObject, nodes: readonly PikaNode[]): Readonly<Record<string, NodeLayout>> {
    const { layout = {} } = json;
    if (!isJsonObject(layout)) {
      this.#report('"layout" must be an object.', { offset: this.#json.offsetOf(json, 'layout'), isFatal: true });
      return {};
    }
    const ids = new Set(nodes.map(({ id }) => id));
    const entries = Object.entries(layout).flatMap(([id, place]) => {
      if (ids.has(id) && isLayout(place)) return [[id, place] as const];
      const message = ids.has(id) ? `The place of ${id} cannot be used.` : `"layout" places ${id}, which is no node.`;
      const isKnown = ids.has(id) ? { id } : {};
      this.#report(message, { offset: this.#json.offsetOf(layout, id), isFatal: false, ...isKnown });
      return [];
    });
    return Object.fromEntries(entries);
  }

  #report(message: string, at: { offset: number | null; isFatal: boolean; id?: string }): void {
    if (at.isFatal) this.#isDamaged = true;
    if (this.#problems.length === MAX_PROBLEMS) {
      this.#untoldCount++;
      return;
    }
    const line = at.offset === null ? null : this.#lines.lineAt(at.offset);
    this.#problems.push({ message, line, nodeId: at.id ?? null });
  }

  #finish(document: PikaDocument): DocumentReading {
    const isNewer = document.version > DOCUMENT_VERSION;
    const readOnlyReason = isNewer ? 'newer-version' : this.#isDamaged ? 'invalid' : null;
    const message = `There are ${this.#untoldCount.toLocaleString('en-US')} more faults.`;
    const rest = this.#untoldCount === 0 ? [] : [{ message, line: null, nodeId: null }];
    return { document, problems: [...this.#problems, ...rest], readOnlyReason };
  }
}

/** Finds the lines of offsets that grow, or of single ones, without reading the text anew for each. */
class LineFinder {
  #line = 1;
  #offset = 0;

  constructor(private readonly text: string) {}

  /** The 1-based line of a 0-based offset. */
  lineAt(offset: number): number {
    if (offset < this.#offset) [this.#line, this.#offset] = [1, 0];
    for (let at = this.text.indexOf('\n', this.#offset); at >= 0 && at < offset; at = this.text.indexOf('\n', at + 1)) {
      this.#line++;
      this.#offset = at + 1;
    }
    return this.#line;
  }
}

function isLayout(value: unknown): value is NodeLayout {
  if (!isJsonObject(value)) return false;
  const { x, y, width, height } = value;
  const isSize = (each: unknown) => typeof each === 'number' && each > 0 && each <= MAX_COORDINATE;
  const isPlace = (each: unknown) => typeof each === 'number' && Math.abs(each) <= MAX_COORDINATE;
  return isPlace(x) && isPlace(y) && isSize(width) && isSize(height);
}
