import { GRID_PX } from '#common/document/placeNodes';
import type { Box } from './placeIndex.ts';

/** A line that shows what a dragged node is lined up with, in canvas pixels. */
export interface GuideLine {
  /** The coordinate that is the same all along it: an `x` line stands upright. */
  readonly axis: Axis;
  readonly at: number;
  /** Its two ends along the other axis. */
  readonly start: number;
  readonly end: number;
}

/** How far to move on so that a rectangle is lined up, and what shows it. */
export interface DragSnap {
  readonly dx: number;
  readonly dy: number;
  readonly lines: readonly GuideLine[];
}

type Axis = 'x' | 'y';

/** A coordinate of a rectangle that can be lined up: edges with edges, middles with middles. */
interface Anchor {
  readonly at: number;
  readonly isMiddle: boolean;
}

/** Places are whole pixels, and the middle of an odd size is none. */
const SAME_PX = 0.5;

/** Lines a rectangle up with the nearest edge or middle of its neighbours within reach, otherwise with the raster. */
export function snapDrag(moved: Box, neighbours: readonly Box[], reachPx: number): DragSnap {
  const dx = snapAxis(moved, neighbours, { axis: 'x', reachPx });
  const dy = snapAxis(moved, neighbours, { axis: 'y', reachPx });
  const placed = { ...moved, x: moved.x + dx, y: moved.y + dy };
  return { dx, dy, lines: [...guideLines(placed, neighbours, 'x'), ...guideLines(placed, neighbours, 'y')] };
}

function snapAxis(
  moved: Box,
  neighbours: readonly Box[],
  { axis, reachPx }: { readonly axis: Axis; readonly reachPx: number },
): number {
  const own = anchors(moved, axis);
  let nearest: number | null = null;
  for (const neighbour of neighbours) {
    for (const there of anchors(neighbour, axis)) {
      for (const here of own) {
        const step = there.at - here.at;
        if (here.isMiddle !== there.isMiddle || Math.abs(step) > reachPx) continue;
        if (nearest === null || Math.abs(step) < Math.abs(nearest)) nearest = step;
      }
    }
  }
  const start = moved[axis];
  return nearest === null ? Math.round(start / GRID_PX) * GRID_PX - start : Math.round(start + nearest) - start;
}

/** One line for each coordinate that the rectangle shares with neighbours, from the first of them to the last. */
function guideLines(placed: Box, neighbours: readonly Box[], axis: Axis): GuideLine[] {
  const across = axis === 'x' ? 'y' : 'x';
  return anchors(placed, axis).flatMap((here): GuideLine[] => {
    const aligned = neighbours.filter((each) =>
      anchors(each, axis).some(({ at, isMiddle }) => isMiddle === here.isMiddle && Math.abs(at - here.at) <= SAME_PX),
    );
    if (aligned.length === 0) return [];
    const ends = [placed, ...aligned].flatMap((each) => anchors(each, across).map(({ at }) => at));
    return [{ axis, at: here.at, start: Math.min(...ends), end: Math.max(...ends) }];
  });
}

function anchors(box: Box, axis: Axis): readonly Anchor[] {
  const start = box[axis];
  const size = axis === 'x' ? box.width : box.height;
  return [
    { at: start, isMiddle: false },
    { at: start + size / 2, isMiddle: true },
    { at: start + size, isMiddle: false },
  ];
}
