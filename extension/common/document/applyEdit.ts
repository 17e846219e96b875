import { PikaError } from '../base/pikaError.ts';
import type { DocumentEdit } from './documentEdit.ts';
import { checkName, nameKey } from './names.ts';
import type { QueryParameters } from '../sql/parameters.ts';
import type { NodeLayout, PikaDocument, PikaNode, QueryNode, SourceNode } from './pikaDocument.ts';
import { placeNodes } from './placeNodes.ts';

type EditOf<T extends DocumentEdit['type']> = Extract<DocumentEdit, { type: T }>;

/**
 * The document after one user action; the one given is not changed.
 * @throws PikaError `node-missing` for an unknown id, `bad-request` for an edit that does not fit its node.
 */
export function applyEdit(document: PikaDocument, edit: DocumentEdit): PikaDocument {
  switch (edit.type) {
    case 'add':
      return rebind(addNodes(document, edit), edit.data ?? {});
    case 'remove':
      return removeNodes(document, edit);
    case 'layout':
      return { ...document, layout: mergeLayout(document, edit.layout) };
    case 'sql':
      return changeNode(document, edit.id, (node) => node.kind === 'query' && { ...node, sql: edit.sql });
    case 'parameters':
      return changeNode(document, edit.id, (node) => node.kind === 'query' && withParameters(node, edit.parameters));
    case 'text':
      return changeNode(document, edit.id, (node) => node.kind === 'note' && { ...node, text: edit.text });
    case 'title':
      return changeNode(document, edit.id, (node) => node.kind === 'frame' && { ...node, title: edit.title });
    case 'color':
      return edit.ids.reduce((before, id) => changeNode(before, id, (node) => colored(node, edit.color)), document);
    case 'all':
      return edit.edits.reduce(applyEdit, document);
    case 'plot':
      return changeNode(document, edit.id, (node) => node.kind === 'plot' && { ...node, spec: edit.spec });
    case 'data':
      return changeNode(
        document,
        edit.id,
        (node) => (node.kind === 'table' || node.kind === 'plot') && { ...node, data: edit.data },
      );
    case 'sourceOptions':
      return changeNode(document, edit.id, (node) => node.kind === 'source' && withOptions(node, edit));
    case 'runMode':
      return changeRunMode(document, edit);
    case 'rename':
      return renameNode(document, edit);
  }
}

function changeRunMode(document: PikaDocument, { runMode }: EditOf<'runMode'>): PikaDocument {
  return { ...document, runMode };
}

function addNodes(document: PikaDocument, { nodes, layout }: EditOf<'add'>): PikaDocument {
  const taken = document.nodes.map(({ id }) => id);
  for (const { id } of nodes) {
    const problem = checkName(id, taken);
    if (problem) throw new PikaError('bad-request', problem, { nodeId: id });
    taken.push(id);
  }
  const hasPlace = ({ id }: PikaNode) => Object.hasOwn(layout, id);
  const known = { ...document, nodes: [...document.nodes, ...nodes] };
  const placed = { ...document, layout: mergeLayout(known, layout) };
  return {
    ...placeNodes(
      placed,
      nodes.filter((node) => !hasPlace(node)),
    ),
    nodes: known.nodes,
  };
}

function rebind(document: PikaDocument, dataById: Readonly<Record<string, string>>): PikaDocument {
  return Object.entries(dataById).reduce(
    (changed, [id, data]) => applyEdit(changed, { type: 'data', id, data }),
    document,
  );
}

function removeNodes(document: PikaDocument, { ids }: EditOf<'remove'>): PikaDocument {
  for (const id of ids) requireNode(document, id);
  const removed = new Set(ids);
  return {
    ...document,
    nodes: document.nodes.filter(({ id }) => !removed.has(id)),
    layout: Object.fromEntries(Object.entries(document.layout).filter(([id]) => !removed.has(id))),
  };
}

function withOptions(node: SourceNode, { options, format = node.format }: EditOf<'sourceOptions'>): SourceNode {
  return { ...node, format, options };
}

/** A query without parameters has no such field. */
function withParameters({ parameters: _, ...node }: QueryNode, parameters: QueryParameters): QueryNode {
  return Object.keys(parameters).length === 0 ? node : { ...node, parameters };
}

function mergeLayout(
  document: PikaDocument,
  changes: Readonly<Record<string, NodeLayout>>,
): Readonly<Record<string, NodeLayout>> {
  const layout = new Map(Object.entries(document.layout));
  for (const [id, place] of Object.entries(changes)) {
    requireNode(document, id);
    const { collapsed: wasCollapsed, ...before } = layout.get(id) ?? {};
    const collapsed = place.collapsed ?? wasCollapsed;
    layout.set(id, { ...before, ...wholePixels(place, id), ...(collapsed ? { collapsed } : {}) });
  }
  return Object.fromEntries(layout);
}

function wholePixels({ x, y, width, height }: NodeLayout, nodeId: string): NodeLayout {
  const place = { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
  const isUsable = Object.values(place).every(Number.isSafeInteger) && place.width > 0 && place.height > 0;
  if (isUsable) return place;
  throw new PikaError('bad-request', `${nodeId} cannot be placed there.`, { nodeId });
}

function colored(node: PikaNode, color: string | null): PikaNode | false {
  if (node.kind !== 'note' && node.kind !== 'frame') return false;
  const colorless = { ...node };
  delete (colorless as { color?: string }).color;
  return color === null ? colorless : { ...node, color };
}

function renameNode(document: PikaDocument, { id, newId, sqlById }: EditOf<'rename'>): PikaDocument {
  requireNode(document, id);
  const others = document.nodes.filter((node) => node.id !== id).map((node) => node.id);
  const problem = checkName(newId, others);
  if (problem) throw new PikaError('bad-request', problem, { nodeId: id });
  for (const queryId of Object.keys(sqlById)) requireNode(document, queryId);
  const nodes = document.nodes.map((node): PikaNode => {
    const sql = node.kind === 'query' && Object.hasOwn(sqlById, node.id) ? sqlById[node.id] : undefined;
    const renamed = node.id === id ? { ...node, id: newId } : node;
    if (renamed.kind === 'query') return sql === undefined ? renamed : { ...renamed, sql };
    const isReader = renamed.kind === 'table' || renamed.kind === 'plot';
    return isReader && nameKey(renamed.data) === nameKey(id) ? { ...renamed, data: newId } : renamed;
  });
  const layout = Object.entries(document.layout).map(([key, place]) => [key === id ? newId : key, place] as const);
  return { ...document, nodes, layout: Object.fromEntries(layout) };
}

function changeNode(document: PikaDocument, id: string, change: (node: PikaNode) => PikaNode | false): PikaDocument {
  const node = requireNode(document, id);
  const changed = change(node);
  if (!changed) throw new PikaError('bad-request', `${id} has nothing of that kind to change.`, { nodeId: id });
  return { ...document, nodes: document.nodes.map((each) => (each === node ? changed : each)) };
}

function requireNode(document: PikaDocument, id: string): PikaNode {
  const node = document.nodes.find((each) => each.id === id);
  if (node) return node;
  throw new PikaError('node-missing', `${id} is not in this workspace.`, { nodeId: id });
}
