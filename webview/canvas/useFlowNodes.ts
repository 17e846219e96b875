import type { GraphNode, Node } from '@vue-flow/core';
import { computed } from 'vue';
import { usePage } from '../link/page.ts';
import { hiddenIds } from './frames.ts';
import { completeLayout, fallbackPlace, shownPlace } from './placement.ts';

/** Frames lie behind the edges and all other nodes. */
const FRAME_Z = -2;

/** A node of the document as Vue Flow takes it. */
export type FlowNode = Node & {
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly hidden: boolean;
};

/** The document's nodes as the canvas draws them; unchanged parts keep their identity, so that nothing is laid out again. */
export function useFlowNodes() {
  const { session } = usePage();

  const nodes = computed<FlowNode[]>((before) => {
    const document = session.snapshot.value?.document;
    if (!document) return [];
    const layout = completeLayout(document);
    const hidden = hiddenIds(document, layout);
    const now = document.nodes.map((node): FlowNode => {
      const place = layout.get(node.id) ?? fallbackPlace(node.kind);
      const { x, y, width, height } = shownPlace(place);
      const isFrame = node.kind === 'frame';
      return {
        id: node.id,
        type: isFrame ? 'frame' : 'pika',
        zIndex: isFrame ? FRAME_Z : 0,
        hidden: hidden.has(node.id),
        position: { x, y },
        width,
        height,
        style: styleOf,
      };
    });
    return keepEqual(before, now);
  });

  return nodes;
}

/**
 * By left and top: a transform of its own would give each node a layer to be put together anew whenever anything on the
 * canvas changes, which costs tens of milliseconds with hundreds of nodes.
 */
function styleOf({ computedPosition: { x, y } }: GraphNode) {
  return { left: `${x}px`, top: `${y}px`, transform: 'none' };
}

function keepEqual<T>(before: T[] | undefined, now: T[]): T[] {
  return before && JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
