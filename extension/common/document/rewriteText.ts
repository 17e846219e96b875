import { applyEdits, modify, type FormattingOptions, type JSONPath } from 'jsonc-parser';
import { isJsonObject, readJson, type JsonObject } from './jsonText.ts';
import type { PikaDocument } from './pikaDocument.ts';
import { readDocument } from './readDocument.ts';
import { writeDocument } from './writeDocument.ts';

/** A value of a text that is another now; undefined when it is gone. */
interface Change {
  readonly path: JSONPath;
  readonly value: unknown;
  readonly isInsertion?: boolean;
}

/**
 * The text of a document after a change. One that was laid out by hand keeps its layout but where something changed; where
 * that does not give the very document, it is written canonically.
 */
export function rewriteText(text: string, before: PikaDocument, after: PikaDocument): string {
  const [oldText, newText] = [writeDocument(before), writeDocument(after)];
  const own = text.replaceAll('\r\n', '\n');
  if (own === oldText) return newText;
  const [oldJson, newJson] = [JSON.parse(oldText) as JsonObject, JSON.parse(newText) as JsonObject];
  const changes = [
    () => changesOf([], oldJson, newJson),
    // Nodes without a usable place in the text are placed anew whenever others come, unless theirs is written down.
    () => changesOf([], { ...oldJson, layout: placesIn(own, newJson) }, newJson),
  ];
  for (const change of changes) {
    const kept = rewritten(own, change());
    if (kept !== null && writeDocument(readDocument(kept).document) === newText) return kept;
  }
  return newText;
}

/** The places that stand in a text for nodes of a document. */
function placesIn(text: string, { layout }: JsonObject): unknown {
  const json = readJson(text).value;
  const places = isJsonObject(json) && isJsonObject(json['layout']) ? json['layout'] : {};
  return Object.fromEntries(Object.keys(isJsonObject(layout) ? layout : {}).map((id) => [id, ownValue(places, id)]));
}

function rewritten(text: string, changes: readonly Change[]): string | null {
  const indent = indentOf(text);
  try {
    // What fits into its line leaves the rest of that line as it is.
    return changes.reduce(
      (all, change) => (isShort(change.value) ? changed(all, change) : laidOut(all, change, indent)),
      text,
    );
  } catch {
    // The text holds the document in a form whose paths are others, as a node that is no object.
    return null;
  }
}

function isShort(value: unknown): boolean {
  return Array.isArray(value) ? value.length <= 1 : !isJsonObject(value);
}

function changed(
  text: string,
  { path, value, isInsertion = false }: Change,
  formattingOptions?: FormattingOptions,
): string {
  const options = { isArrayInsertion: isInsertion, ...(formattingOptions ? { formattingOptions } : {}) };
  return applyEdits(text, modify(text, path, value, options));
}

/**
 * Writes a value on lines of its own. A mark takes its place first: `jsonc-parser` would lay the value out token by token,
 * each time in a copy of the whole text, which takes minutes for a query of a megabyte.
 */
function laidOut(text: string, change: Change, indent: string): string {
  const mark = unusedString(text);
  const formatting = { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol: '\n' };
  const marked = changed(text, { ...change, value: mark }, formatting);
  // A new key may be spelled like the mark; it stands before its value.
  const place = marked.lastIndexOf(JSON.stringify(mark));
  const line = marked.slice(marked.lastIndexOf('\n', place) + 1, place);
  const outer = /^[ \t]*/.exec(line)?.[0] ?? '';
  const lines = JSON.stringify(change.value, null, indent).split('\n');
  return marked.slice(0, place) + lines.join(`\n${outer}`) + marked.slice(place + JSON.stringify(mark).length);
}

/** A string that a JSON text does not hold. */
function unusedString(text: string): string {
  let mark = 'value';
  while (text.includes(JSON.stringify(mark))) mark += '_';
  return mark;
}

function indentOf(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}

function changesOf(path: JSONPath, before: unknown, after: unknown): readonly Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => changesOf([...path, key], ownValue(before, key), ownValue(after, key)));
  }
  if (isNodes(path) && Array.isArray(before) && Array.isArray(after)) return nodeChanges(path, before, after);
  return [{ path, value: after }];
}

function isNodes(path: JSONPath): boolean {
  return path.length === 1 && path[0] === 'nodes';
}

function ownValue(from: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(from, key) ? from[key] : undefined;
}

/** Nodes that are gone, from the last on, so that the places of the others stay; then changed ones; then new ones. */
function nodeChanges(path: JSONPath, before: readonly unknown[], after: readonly unknown[]): readonly Change[] {
  const isRename = before.length === after.length;
  const afterIds = new Set(after.map(idOf));
  const staying = isRename ? before : before.filter((node) => afterIds.has(idOf(node)));
  const gone = before.flatMap((node, index) =>
    staying.includes(node) ? [] : [{ path: [...path, index], value: undefined }],
  );
  const changed = staying.flatMap((node, index) => changesOf([...path, index], node, after[index]));
  const added = after.slice(staying.length).map((value, index) => {
    return { path: [...path, staying.length + index], value, isInsertion: true };
  });
  return [...gone.toReversed(), ...changed, ...added];
}

function idOf(node: unknown): unknown {
  return isJsonObject(node) ? node['id'] : undefined;
}
