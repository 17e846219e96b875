import type { DocumentEdit } from '#common/document/documentEdit';
import { sqlIdentifier, uniqueId } from '#common/document/names';
import type { NodeLayout, PikaDocument, PikaNode } from '#common/document/pikaDocument';
import { NODE_SIZE, placeNodes } from '#common/document/placeNodes';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { CanvasPoint } from '#common/protocol/webviewContract';
import { completeLayout } from './placement.ts';

/** A node that can be added without a file; a table and a plot need data to show. */
export type NewNode =
  | { readonly kind: 'note' | 'frame' }
  | { readonly kind: 'query'; readonly data: string | null }
  | { readonly kind: 'table'; readonly data: string }
  /** Without a spec Pika chooses one. */
  | { readonly kind: 'plot'; readonly data: string; readonly spec?: PlotSpec };

const FIRST_QUERY_ROWS = 1000;

/** The edit that adds a node at a point or at a free place, and the new node's id. */
export function addNode(
  document: PikaDocument,
  wanted: NewNode,
  at: CanvasPoint | null = null,
): { readonly id: string; readonly edit: Extract<DocumentEdit, { type: 'add' }> } {
  const taken = document.nodes.map((node) => node.id);
  const id = uniqueId(baseName(wanted), taken);
  const node = newNode(id, wanted);
  const drawn = { ...document, layout: Object.fromEntries(completeLayout(document)) };
  const place: NodeLayout | undefined = at ? { ...NODE_SIZE[node.kind], ...at } : placeNodes(drawn, [node]).layout[id];
  return { id, edit: { type: 'add', nodes: [node], layout: place ? { [id]: place } : {} } };
}

/** Ids of the nodes that other nodes can read. */
export function dataIds(document: PikaDocument): readonly string[] {
  return document.nodes.filter(({ kind }) => kind === 'source' || kind === 'query').map(({ id }) => id);
}

function baseName(wanted: NewNode): string {
  return wanted.kind === 'table' || wanted.kind === 'plot' ? `${wanted.data}_${wanted.kind}` : wanted.kind;
}

function newNode(id: string, wanted: NewNode): PikaNode {
  switch (wanted.kind) {
    case 'note':
      return { id, kind: 'note', text: '', extra: {} };
    case 'frame':
      return { id, kind: 'frame', title: 'Frame', extra: {} };
    case 'query':
      return { id, kind: 'query', sql: firstSql(wanted.data), extra: {} };
    case 'table':
      return { id, kind: 'table', data: wanted.data, extra: {} };
    case 'plot':
      return { id, kind: 'plot', data: wanted.data, spec: wanted.spec ?? null, extra: {} };
  }
}

function firstSql(data: string | null): string {
  if (data === null) return 'SELECT 42 AS answer';
  return `SELECT *\nFROM ${sqlIdentifier(data)}\nLIMIT ${FIRST_QUERY_ROWS}`;
}
