import type { DocumentEdit } from '#common/document/documentEdit';
import { uniqueId } from '#common/document/names';
import { REJECTED_ROWS, type PikaDocument, type PikaNode, type SourceNode } from '#common/document/pikaDocument';
import { placeNodes } from '#common/document/placeNodes';
import { completeLayout } from './placement.ts';

/** What shows the rows that a source skips: the node to look at, and the edit that makes it or brings it up to date. */
export interface RejectedRowsView {
  readonly id: string;
  readonly edit: DocumentEdit | null;
}

/** Shows the rows that a source skips in a table over a source of their own; what is there already serves again. */
export function viewRejectedRows(document: PikaDocument, source: SourceNode): RejectedRowsView {
  const known = document.nodes.filter((node) => node.kind === 'source').find((node) => showsRejects(node, source));
  const table = known && document.nodes.find((node) => node.kind === 'table' && node.data === known.id);
  const isCurrent = known && JSON.stringify(known.options) === JSON.stringify(source.options);
  const { options } = source;
  const update: DocumentEdit[] = known && !isCurrent ? [{ type: 'sourceOptions', id: known.id, options }] : [];
  if (table) return { id: table.id, edit: update[0] ?? null };
  const nodes = newNodes(document, source, known);
  const id = nodes.at(-1)?.id ?? source.id;
  return { id, edit: { type: 'all', edits: [...update, addition(document, nodes)] } };
}

function showsRejects({ table, format, files }: SourceNode, source: SourceNode): boolean {
  return table === REJECTED_ROWS && format === source.format && files.join('\n') === source.files.join('\n');
}

function newNodes(document: PikaDocument, source: SourceNode, known: SourceNode | undefined): readonly PikaNode[] {
  const taken = document.nodes.map((node) => node.id);
  const id = known?.id ?? uniqueId(`${source.id}_rejected`, taken);
  const tableId = uniqueId(`${id}_table`, [...taken, id]);
  const table: PikaNode = { kind: 'table', id: tableId, data: id, extra: {} };
  return known ? [table] : [{ ...source, id, table: REJECTED_ROWS, extra: {} }, table];
}

function addition(document: PikaDocument, nodes: readonly PikaNode[]): DocumentEdit {
  const drawn = { ...document, layout: Object.fromEntries(completeLayout(document)) };
  const { layout } = placeNodes(drawn, nodes);
  const places = nodes.flatMap(({ id }) => (layout[id] ? [[id, layout[id]] as const] : []));
  return { type: 'add', nodes, layout: Object.fromEntries(places) };
}
