import type { DocumentEdit } from '#common/document/documentEdit';
import { uniqueId } from '#common/document/names';
import type { PikaDocument, PlotNode } from '#common/document/pikaDocument';
import { placeBelow } from '#common/document/placeNodes';
import { completeLayout } from './placement.ts';

/** The edit that adds a query of a plot's selected rows below the plot, and the new node's id. */
export function addFilterNode(
  document: PikaDocument,
  plot: PlotNode,
  sql: string,
): { readonly id: string; readonly edit: Extract<DocumentEdit, { type: 'add' }> } {
  const id = uniqueId(
    `${plot.data}_selected`,
    document.nodes.map((node) => node.id),
  );
  const layout = { [id]: placeBelow(completeLayout(document), plot.id, 'query') };
  return { id, edit: { type: 'add', nodes: [{ id, kind: 'query', sql, extra: {} }], layout } };
}
