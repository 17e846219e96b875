import type { Node } from '@vue-flow/core';
import { computed } from 'vue';
import { usePage } from '../link/page.ts';
import { hiddenIds } from './frames.ts';
import { completeLayout, fallbackPlace, shownPlace } from './placement.ts';

/** Frames lie behind the edges and all other nodes. */
const FRAME_Z = -2;

/** The document's nodes as the canvas draws them; unchanged parts keep their identity, so that nothing is laid out again. */
export function useFlowNodes() {
  const { session } = usePage();

  const nodes = computed<Node[]>((before) => {
    const document = session.snapshot.value?.document;
    if (!document) return [];
    const layout = completeLayout(document);
    const hidden = hiddenIds(document, layout);
    const now = document.nodes.map((node): Node => {
      const place = layout.get(node.id) ?? fallbackPlace(node.kind);
      const { x, y, width, height } = shownPlace(place);
      const isFrame = node.kind === 'frame';
      const style = { width: `${width}px`, height: `${height}px` };
      return {
        id: node.id,
        type: isFrame ? 'frame' : 'pika',
        zIndex: isFrame ? FRAME_Z : 0,
        hidden: hidden.has(node.id),
        position: { x, y },
        width,
        height,
        style,
      };
    });
    return keepEqual(before, now);
  });

  return nodes;
}

function keepEqual<T>(before: T[] | undefined, now: T[]): T[] {
  return before && JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
