import { SOURCE_IN_QUERY, type Remedy } from '#common/base/pikaError';
import type { DocumentEdit } from '#common/document/documentEdit';
import { sqlIdentifier, uniqueId } from '#common/document/names';
import type { PikaDocument, PikaNode, SourceNode } from '#common/document/pikaDocument';

/** The edit that applies a remedy to a source, and the id of the query that it adds, if it adds one. */
export function remedyEdit(
  { readerOptions, format, query }: Remedy,
  source: SourceNode,
  document: PikaDocument,
): { readonly edit: DocumentEdit; readonly addedId: string | null } {
  if (query !== undefined) return queryEdit(query, source, document);
  const options = format === undefined ? { ...source.options, ...readerOptions } : readerOptions;
  const kind = format === undefined ? {} : { format };
  return { edit: { type: 'sourceOptions', id: source.id, options, ...kind }, addedId: null };
}

function queryEdit(query: string, source: SourceNode, document: PikaDocument) {
  const taken = new Set(document.nodes.map(({ id }) => id));
  const claim = (base: string) => {
    const id = uniqueId(base, taken);
    taken.add(id);
    return id;
  };
  const id = claim(`${source.id}_rows`);
  const sql = query.replaceAll(SOURCE_IN_QUERY, sqlIdentifier(source.id));
  const nodes: readonly PikaNode[] = [
    { kind: 'query', id, sql, extra: {} },
    { kind: 'table', id: claim(`${id}_table`), data: id, extra: {} },
    { kind: 'plot', id: claim(`${id}_plot`), data: id, spec: null, extra: {} },
  ];
  return { edit: { type: 'add', nodes, layout: {} } as const, addedId: id };
}
