import { useVueFlow, type GraphNode } from '@vue-flow/core';
import { computed } from 'vue';
import type { CanvasPoint } from '#common/protocol/webviewContract';
import { usePage } from '../link/page.ts';
import { distanceToEdge, edgeBox, edgeGeometry } from './edgeGeometry.ts';
import { useCanvas } from './canvasState.ts';
import { draftEdges, edgesOf, type DraftEdge } from './edgesOf.ts';
import { FLOW_ID } from './flow.ts';
import { PlaceIndex, type Box } from './placeIndex.ts';
import { placeOf } from './useEdgeGeometry.ts';

/** An edge between two nodes of the canvas. */
export interface ShownEdge {
  readonly id: string;
  readonly from: GraphNode;
  readonly to: GraphNode;
  /** Whether only the text that is being typed asks for it. */
  readonly isDraft: boolean;
}

/** The edges between nodes that are not hidden, found by where they lie. */
export function useEdges() {
  const { session } = usePage();
  const { draftReads } = useCanvas();
  const { findNode } = useVueFlow(FLOW_ID);

  const edges = computed<readonly DraftEdge[]>((before) => {
    const now = draftEdges(session.snapshot.value ? edgesOf(session.snapshot.value) : [], draftReads);
    return before && JSON.stringify(before) === JSON.stringify(now) ? before : now;
  });
  const shown = computed(() =>
    edges.value.flatMap((edge): ShownEdge[] => {
      const [from, to] = [findNode(edge.from), findNode(edge.to)];
      if (!from || !to || from.hidden || to.hidden) return [];
      return [{ id: `${edge.from} → ${edge.to}`, from, to, isDraft: edge.isDraft }];
    }),
  );
  const byId = computed(() => new Map(shown.value.map((each) => [each.id, each])));
  const index = computed(
    () => new PlaceIndex(new Map(shown.value.map(({ id, from, to }) => [id, edgeBox(placeOf(from), placeOf(to))]))),
  );

  /** The edges whose surroundings touch a rectangle. */
  function touching(box: Box): readonly ShownEdge[] {
    return index.value.touching(box).flatMap((id) => byId.value.get(id) ?? []);
  }

  /** The edge that runs nearest to a point, at most so far from it. */
  function edgeAt(point: CanvasPoint, reach: number): ShownEdge | null {
    const box = { x: point.x - reach, y: point.y - reach, width: 2 * reach, height: 2 * reach };
    const near = touching(box)
      .map((edge) => ({ edge, far: distanceToEdge(edgeGeometry(placeOf(edge.from), placeOf(edge.to)), point) }))
      .filter(({ far }) => far <= reach)
      .sort((a, b) => a.far - b.far);
    return near[0]?.edge ?? null;
  }

  return { shown, touching, edgeAt };
}

export type Edges = ReturnType<typeof useEdges>;
