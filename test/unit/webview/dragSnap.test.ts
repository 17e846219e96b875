import { expect, test } from 'vitest';
import { snapDrag, type DragSnap } from '../../../webview/canvas/dragSnap.ts';
import type { Box } from '../../../webview/canvas/placeIndex.ts';

const REACH_PX = 6;

function box(x: number, y: number, width: number, height: number): Box {
  return { x, y, width, height };
}

function check(name: string, moved: Box, neighbours: readonly Box[], expected: DragSnap): void {
  test(name, () => expect(snapDrag(moved, neighbours, REACH_PX)).toEqual(expected));
}

check('without neighbours a node goes to the raster', box(107, 93, 200, 100), [], { dx: -7, dy: 7, lines: [] });

check('a neighbour out of reach does not count', box(107, 93, 200, 100), [box(514, 520, 90, 50)], {
  dx: -7,
  dy: 7,
  lines: [],
});

check('an edge within reach wins over the raster', box(107, 93, 200, 100), [box(111, 400, 90, 50)], {
  dx: 4,
  dy: 7,
  lines: [{ axis: 'x', at: 111, start: 100, end: 450 }],
});

check('edges line up with the opposite edges too', box(107, 93, 200, 100), [box(305, 400, 90, 50)], {
  dx: -2,
  dy: 7,
  lines: [{ axis: 'x', at: 305, start: 100, end: 450 }],
});

check('middles line up with middles, and never with edges', box(107, 93, 200, 100), [box(500, 118, 90, 40)], {
  dx: -7,
  dy: -5,
  lines: [{ axis: 'y', at: 138, start: 100, end: 590 }],
});

check('a middle meets no edge', box(107, 93, 200, 100), [box(500, 145, 90, 777)], { dx: -7, dy: 7, lines: [] });

check('the nearest of several wins', box(107, 93, 200, 100), [box(112, 400, 91, 50), box(105, 600, 83, 50)], {
  dx: -2,
  dy: 7,
  lines: [{ axis: 'x', at: 105, start: 100, end: 650 }],
});

check(
  'one line reaches over all that share a coordinate',
  box(0, 2, 200, 100),
  [box(300, 0, 100, 50), box(500, 0, 80, 70)],
  { dx: 0, dy: -2, lines: [{ axis: 'y', at: 0, start: 0, end: 580 }] },
);

check('an odd size is lined up to the whole pixel', box(100, 93, 201, 100), [box(120, 400, 160, 51)], {
  dx: 0,
  dy: 7,
  lines: [{ axis: 'x', at: 200.5, start: 100, end: 451 }],
});
