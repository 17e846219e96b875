import type { GraphEdge, NodeStatus } from '#common/protocol/webviewContract';

/** Bytes of all files that a node reads, directly or through other nodes, each once; null while those of one are unknown. */
export function bytesRead(
  id: string,
  edges: readonly GraphEdge[],
  status: (id: string) => NodeStatus | undefined,
): number | null {
  const sources = [...upstreamOf(id, edges)].map(status).filter((each) => each?.kind === 'source');
  let byteLength = 0;
  for (const source of sources) {
    if (!source?.source || source.source.access === 'remote') return null;
    byteLength += source.source.byteLength;
  }
  return sources.length > 0 ? byteLength : null;
}

function upstreamOf(id: string, edges: readonly GraphEdge[], found = new Set<string>()): ReadonlySet<string> {
  for (const { from, to } of edges) {
    if (to !== id || found.has(from)) continue;
    found.add(from);
    upstreamOf(from, edges, found);
  }
  return found;
}
