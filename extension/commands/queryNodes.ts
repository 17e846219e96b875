import { uniqueId } from '#common/document/names';
import type { PikaDocument, PikaNode, QueryNode } from '#common/document/pikaDocument';
import { placeNodes } from '#common/document/placeNodes';
import { withoutFinalSemicolon } from '#common/document/sqlTokens';
import type { ResultView } from './pickQuery.ts';

/** A document with a query more and views of its result. */
export function withQueryNodes(
  document: PikaDocument,
  { sql, parameters }: Pick<QueryNode, 'sql' | 'parameters'>,
  views: readonly ResultView[],
): { document: PikaDocument; added: readonly PikaNode[]; id: string } {
  const taken = new Set(document.nodes.map((node) => node.id));
  const claim = (base: string) => {
    const id = uniqueId(base, taken);
    taken.add(id);
    return id;
  };
  const id = claim('query');
  const text = withoutFinalSemicolon(sql);
  const query: PikaNode = { kind: 'query', id, sql: text, ...(parameters && { parameters }), extra: {} };
  const added = [query, ...views.map((view) => viewNode(claim(`${id}_${view}`), id, view))];
  return { document: placeNodes(document, added), added, id };
}

function viewNode(id: string, data: string, view: ResultView): PikaNode {
  return view === 'table' ? { kind: 'table', id, data, extra: {} } : { kind: 'plot', id, data, spec: null, extra: {} };
}
