import { useVueFlow, type GraphNode } from '@vue-flow/core';
import { shallowRef } from 'vue';
import { usePage } from '../link/page.ts';
import { snapDrag, type GuideLine } from './dragSnap.ts';
import { FLOW_ID } from './flow.ts';
import { PlaceIndex, type Box } from './placeIndex.ts';
import { boundsOf } from './selectionPlaces.ts';
import { placeOf } from './useEdgeGeometry.ts';
import { useSnapping } from './useSnapping.ts';
import { visibleBox } from './visibleBox.ts';

/** How near on the screen an edge has to come to another one. */
const REACH_PX = 6;

/** A node where the pointer has it. */
type Dragged = Pick<GraphNode, 'id' | 'position' | 'dimensions'>;

/** Lines dragged nodes up with those in view, or with the raster; not while Alt is held. */
export function useDragSnap() {
  const { session } = usePage();
  const { nodes, viewport, dimensions, updateNode } = useVueFlow(FLOW_ID);
  const isSnapping = useSnapping();
  const lines = shallowRef<readonly GuideLine[]>([]);
  let places: ReadonlyMap<string, Box> = new Map();
  let index = new PlaceIndex(places);

  /** @param movingIds What moves with the pointer. A frame lines up with all others, other nodes with no frame. */
  function begin(movingIds: readonly string[]): void {
    const moving = new Set(movingIds);
    const isFrame = (id: string) => session.node(id)?.kind === 'frame';
    const takesFrames = movingIds.some(isFrame);
    const others = nodes.value.filter(({ id, hidden }) => !hidden && !moving.has(id) && (takesFrames || !isFrame(id)));
    places = new Map(others.map((node) => [node.id, placeOf(node)]));
    index = new PlaceIndex(places);
  }

  /** Moves what is dragged to where it snaps. */
  function move(dragged: readonly Dragged[]): void {
    lines.value = [];
    if (!isSnapping.value || dragged.length === 0) return;
    const moved = boundsOf(dragged.map(({ position, dimensions: size }) => ({ ...position, ...size })));
    const inView = index.touching(visibleBox(viewport.value, dimensions.value)).flatMap((id) => places.get(id) ?? []);
    const snap = snapDrag(moved, inView, REACH_PX / viewport.value.zoom);
    lines.value = snap.lines;
    for (const { id, position } of dragged) {
      updateNode(id, { position: { x: position.x + snap.dx, y: position.y + snap.dy } });
    }
  }

  function end(): void {
    lines.value = [];
  }

  return { lines, begin, move, end };
}
