import type { GraphEdge, SessionSnapshot } from '#common/protocol/webviewContract';

/** Every edge to draw, once: the queries' references, and what each table and plot shows. */
export function edgesOf({ document, edges }: Pick<SessionSnapshot, 'document' | 'edges'>): GraphEdge[] {
  const shown = document.nodes.flatMap((node) =>
    node.kind === 'table' || node.kind === 'plot' ? [{ from: node.data, to: node.id }] : [],
  );
  const ids = new Set(document.nodes.map(({ id }) => id));
  const unique = new Map([...edges, ...shown].map((edge) => [JSON.stringify([edge.from, edge.to]), edge]));
  return [...unique.values()].filter(({ from, to }) => ids.has(from) && ids.has(to));
}
