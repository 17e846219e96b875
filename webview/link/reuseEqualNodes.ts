import type { PikaNode } from '#common/document/pikaDocument';

/** The new nodes, each replaced by the known one of the same content, so that unchanged cards are not drawn again. */
export function reuseEqualNodes(known: ReadonlyMap<string, PikaNode>, nodes: readonly PikaNode[]): PikaNode[] {
  return nodes.map((node) => {
    const before = known.get(node.id);
    return before && JSON.stringify(before) === JSON.stringify(node) ? before : node;
  });
}
