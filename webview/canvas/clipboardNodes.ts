import type { DocumentEdit } from '#common/document/documentEdit';
import { formatOfPath } from '#common/document/formatOfPath';
import { nameKey, uniqueId } from '#common/document/names';
import { GRID_PX, NODE_SIZE } from '#common/document/placeNodes';
import type { NodeLayout, PikaDocument, PikaNode } from '#common/document/pikaDocument';
import { readDocument } from '#common/document/readDocument';
import { renameInSql } from '#common/document/renameInSql';
import { sqlTokens } from '#common/document/sqlTokens';
import { writeDocument } from '#common/document/writeDocument';
import { boundsOf } from './selectionPlaces.ts';

const SQL_START = /^(select|with|from|values|table|describe|summarize|pivot|unpivot)$/i;

/** Where pasted nodes go: at a point, or beside where they were. */
export type PastePlace = { readonly x: number; readonly y: number } | 'beside';

/** Nodes with their places as text for the clipboard: a workspace of their own. */
export function textOfNodes(
  document: PikaDocument,
  layout: ReadonlyMap<string, NodeLayout>,
  ids: readonly string[],
): string {
  const nodes = document.nodes.filter(({ id }) => ids.includes(id));
  const places = nodes.flatMap(({ id }): [string, NodeLayout][] => {
    const place = layout.get(id);
    return place ? [[id, place]] : [];
  });
  return writeDocument({ version: document.version, nodes, layout: Object.fromEntries(places), extra: {} });
}

/** What a pasted text is: nodes to add, or files to make sources of. */
export type Pasted =
  | { readonly kind: 'nodes'; readonly edit: DocumentEdit; readonly ids: readonly string[] }
  | { readonly kind: 'files'; readonly files: readonly string[] };

/**
 * What pasting a text adds: the nodes of a workspace text under free names, a query for SQL, a source for a path of a data
 * file, a note for any other text. Null when there is nothing to add.
 */
export function pasteEdit(document: PikaDocument, text: string, place: PastePlace): Pasted | null {
  const pasted = readNodes(text);
  if (pasted) return addCopies(document, pasted, place);
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const path = dataPathOf(trimmed);
  if (path !== null) return { kind: 'files', files: [path] };
  const node = nodeOfText(document, trimmed);
  const at = place === 'beside' ? {} : { [node.id]: { ...place, ...NODE_SIZE[node.kind] } };
  return { kind: 'nodes', edit: { type: 'add', nodes: [node], layout: at }, ids: [node.id] };
}

function readNodes(text: string): PikaDocument | null {
  if (!/^\s*\{/.test(text) || !text.includes('"nodes"')) return null;
  const { document, readOnlyReason } = readDocument(text);
  return readOnlyReason === null && document.nodes.length > 0 ? document : null;
}

function addCopies(document: PikaDocument, pasted: PikaDocument, place: PastePlace): Pasted {
  const taken = document.nodes.map(({ id }) => id);
  const newIds = new Map<string, string>();
  for (const { id } of pasted.nodes) {
    const free = uniqueId(id, taken);
    taken.push(free);
    newIds.set(nameKey(id), free);
  }
  const box = boundsOf(Object.values(pasted.layout));
  const shift =
    place === 'beside'
      ? { x: 2 * GRID_PX, y: 2 * GRID_PX }
      : { x: Math.round(place.x - box.x), y: Math.round(place.y - box.y) };
  const copies = pasted.nodes.map((node) => copyOf(node, newIds));
  const layout = Object.fromEntries(
    pasted.nodes.flatMap(({ id }, index): [string, NodeLayout][] => {
      const at = pasted.layout[id];
      const copy = copies[index];
      return at && copy ? [[copy.id, { ...at, x: at.x + shift.x, y: at.y + shift.y }]] : [];
    }),
  );
  return { kind: 'nodes', edit: { type: 'add', nodes: copies, layout }, ids: copies.map(({ id }) => id) };
}

/** The node under its new name, reading the copies of what was copied with it. */
function copyOf(node: PikaNode, newIds: ReadonlyMap<string, string>): PikaNode {
  const id = newIds.get(nameKey(node.id)) ?? node.id;
  if (node.kind === 'table' || node.kind === 'plot') {
    return { ...node, id, data: newIds.get(nameKey(node.data)) ?? node.data };
  }
  if (node.kind !== 'query') return { ...node, id };
  const sql = [...newIds].reduce((text, [oldId, newId]) => {
    if (nameKey(newId) === oldId) return text;
    const found = { tables: tableReferences(text, oldId), mentions: [] };
    return renameInSql(text, found, { oldId, newId, isColumn: false });
  }, node.sql);
  return { ...node, id, sql };
}

const FROM_START = /^(from|join)$/i;
const FROM_END = /^(where|group|having|qualify|order|limit|offset|window|select|union|intersect|except)$/i;

/** Where a name stands after FROM, JOIN or a comma between tables; without the parser, so an alias counts too. */
function tableReferences(sql: string, key: string) {
  const tokens = sqlTokens(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const found: { name: string; start: number; end: number }[] = [];
  // Whether the text around each bracket that is open is in a FROM clause, and this text.
  const isInFrom = [false];
  let isTable = false;
  tokens.forEach(({ kind, text, start, end }, index) => {
    const name = kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : text;
    if (isTable && (kind === 'word' || kind === 'quoted') && nameKey(name) === key) found.push({ name, start, end });
    if (text === '(') isInFrom.push(false);
    else if (text === ')') isInFrom.pop();
    const isStart = FROM_START.test(text) && !/^distinct$/i.test(tokens[index - 1]?.text ?? '');
    if (isStart || FROM_END.test(text)) isInFrom.splice(-1, 1, isStart);
    isTable = isStart || (text === ',' && isInFrom.at(-1) === true);
  });
  return found;
}

function nodeOfText(document: PikaDocument, text: string): PikaNode {
  const taken = document.nodes.map(({ id }) => id);
  const [first] = sqlTokens(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const isSql = first !== undefined && SQL_START.test(first.text) && /\s/.test(text) && looksLikeSql(text);
  if (isSql) return { id: uniqueId('query', taken), kind: 'query', sql: text, extra: {} };
  return { id: uniqueId('note', taken), kind: 'note', text, extra: {} };
}

/** Prose may begin with “From” or “With” too. */
function looksLikeSql(text: string): boolean {
  return (
    /^\s*(--|\/\*|select\b|values\b|describe\b|summarize\b|pivot\b|unpivot\b)/i.test(text) ||
    /\b(as\s*\(|select)\b/i.test(text) ||
    /^\s*from\s+["\w.]+\s*(;|$|where\b|select\b|join\b|group\b|order\b|limit\b)/i.test(text)
  );
}

/** The path or `file:` address of a data file, if that is what a text is. */
function dataPathOf(text: string): string | null {
  const bare = text.replace(/^(["'])(.*)\1$/, '$2');
  const isPath = !/[\n<>|]/.test(bare) && (/^file:/i.test(bare) || !/^[a-z]{2,}:/i.test(bare));
  return isPath && formatOfPath(bare) !== null ? bare : null;
}
