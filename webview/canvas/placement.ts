import { GRID_PX, NODE_SIZE, placeNodes } from '#common/document/placeNodes';
import type { NodeKind, NodeLayout, PikaDocument } from '#common/document/pikaDocument';

type Size = Pick<NodeLayout, 'width' | 'height'>;

const LEAST_SIZES: Readonly<Record<NodeKind, Size>> = {
  source: { width: 200, height: 140 },
  query: { width: 220, height: 120 },
  table: { width: 240, height: 160 },
  plot: { width: 260, height: 200 },
  note: { width: 120, height: 100 },
  frame: { width: 160, height: 120 },
  unknown: { width: 160, height: 100 },
};

/** A size on the raster, not smaller than a node of that kind can be read at. */
export function snapSize(kind: NodeKind, { width, height }: Size): Size {
  const least = LEAST_SIZES[kind];
  return { width: Math.max(least.width, snap(width)), height: Math.max(least.height, snap(height)) };
}

/** Every node's place: the document's, and a free one for each node that has none there. */
export function completeLayout(document: PikaDocument): ReadonlyMap<string, NodeLayout> {
  const isPlaced = (id: string) => Object.hasOwn(document.layout, id);
  const missing = document.nodes.filter(({ id }) => !isPlaced(id));
  if (missing.length === 0) return new Map(Object.entries(document.layout));
  const placed = { ...document, nodes: document.nodes.filter(({ id }) => isPlaced(id)) };
  return new Map(Object.entries(placeNodes(placed, missing).layout));
}

/** The place a node without any is drawn at. */
export function fallbackPlace(kind: NodeKind): NodeLayout {
  return { x: 0, y: 0, ...NODE_SIZE[kind] };
}

/** Height of a node that shows its header alone. */
export const COLLAPSED_HEIGHT_PX = 36;

/** The place a node takes up on the canvas: a collapsed one its header only. */
export function shownPlace(place: NodeLayout): NodeLayout {
  return place.collapsed === true ? { ...place, height: COLLAPSED_HEIGHT_PX } : place;
}

function snap(value: number): number {
  return Math.round(value / GRID_PX) * GRID_PX;
}
