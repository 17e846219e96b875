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

/** An edge, and whether only a text that is being typed asks for it. */
export interface DraftEdge extends GraphEdge {
  readonly isDraft: boolean;
}

/** The edges as they would be with the texts that are being typed: what each of those queries reads, in place of what it read. */
export function draftEdges(
  edges: readonly GraphEdge[],
  readsById: ReadonlyMap<string, readonly string[]>,
): readonly DraftEdge[] {
  const kept = edges.filter(({ from, to }) => readsById.get(to)?.includes(from) ?? true);
  const keys = new Set(kept.map(({ from, to }) => JSON.stringify([from, to])));
  const added = [...readsById].flatMap(([to, reads]) =>
    reads.filter((from) => !keys.has(JSON.stringify([from, to]))).map((from) => ({ from, to, isDraft: true })),
  );
  return [...kept.map((edge) => ({ ...edge, isDraft: false })), ...added];
}
