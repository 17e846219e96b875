import type { GraphNode } from '@vue-flow/core';
import { computed } from 'vue';
import type { NodeLayout } from '#common/document/pikaDocument';
import { edgeGeometry } from './edgeGeometry.ts';

/** The curve between two nodes, wherever they are dragged. */
export function useEdgeGeometry(ends: { readonly from: GraphNode; readonly to: GraphNode }) {
  return computed(() => edgeGeometry(placeOf(ends.from), placeOf(ends.to)));
}

/** Where a node is at the moment. */
export function placeOf({ position, dimensions }: GraphNode): NodeLayout {
  return { x: position.x, y: position.y, ...dimensions };
}
