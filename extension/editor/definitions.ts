import { createHash } from 'node:crypto';
import type { DocumentGraph } from '#common/document/graph';
import type { PikaDocument, QueryNode, SourceNode } from '#common/document/pikaDocument';

/** What definitions are worked out from. */
export interface DefinitionPlan {
  readonly document: PikaDocument;
  readonly graph: DocumentGraph;
  readonly baseDirectory: string;
  /** Grows whenever what a connection leads to may have changed. */
  readonly revision: number;
}

/**
 * What each source and query is made of, with all that it reads, as one short text by id: equal texts over equal files give
 * equal rows. Nodes of a circle have none.
 */
export function definitionsOf({
  document,
  graph,
  baseDirectory,
  revision,
}: DefinitionPlan): ReadonlyMap<string, string> {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const definitions = new Map<string, string>();
  for (const id of graph.order) {
    const node = nodes.get(id);
    if (graph.cyclic.has(id)) continue;
    if (node?.kind === 'source') definitions.set(id, digest(sourceParts(node, baseDirectory, revision)));
    if (node?.kind === 'query') definitions.set(id, digest(queryParts(node, graph, definitions)));
  }
  return definitions;
}

function sourceParts({ files, format, options, table, remote }: SourceNode, baseDirectory: string, revision: number) {
  return remote
    ? [remote.connection, remote.target, format, options, revision]
    : [baseDirectory, files, format, options, table];
}

function queryParts(
  { id, sql, parameters }: QueryNode,
  graph: DocumentGraph,
  definitions: ReadonlyMap<string, string>,
): readonly unknown[] {
  return [sql, parameters, graph.upstream(id).map((each) => [each, definitions.get(each)])];
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
