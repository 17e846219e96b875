import type { NodeKind, NodeLayout, PikaDocument, PikaNode } from './pikaDocument.ts';

/** Nodes are placed on multiples of this, in canvas pixels. */
export const GRID_PX = 20;

const MARGIN_PX = 40;
const GAP_PX = 40;

/** Size of a new node, in canvas pixels: a source, its table and its plot fit an editor of 1100 pixels at full size. */
export const NODE_SIZE: Readonly<Record<NodeKind, Pick<NodeLayout, 'width' | 'height'>>> = {
  source: { width: 460, height: 180 },
  query: { width: 400, height: 220 },
  table: { width: 460, height: 340 },
  plot: { width: 560, height: 560 },
  note: { width: 260, height: 160 },
  frame: { width: 640, height: 400 },
  unknown: { width: 260, height: 120 },
};

/**
 * Adds nodes to a document, each at a free place: a table below its data, a plot to the right of both, anything else
 * below all that is there. Nodes that have a place are never moved and never covered.
 */
export function placeNodes(document: PikaDocument, added: readonly PikaNode[]): PikaDocument {
  const layout = new Map(Object.entries(document.layout));
  for (const node of added) layout.set(node.id, placeOf(node, added, layout));
  return { ...document, nodes: [...document.nodes, ...added], layout: Object.fromEntries(layout) };
}

/** A free place for a node of some kind below another one. */
export function placeBelow(layout: ReadonlyMap<string, NodeLayout>, id: string, kind: NodeKind): NodeLayout {
  const size = NODE_SIZE[kind];
  const above = layout.get(id);
  if (!above) return freePlace({ ...size, ...belowAll(layout) }, layout);
  return freePlace({ ...size, x: snap(above.x), y: snap(above.y + above.height + GAP_PX) }, layout);
}

function placeOf(node: PikaNode, added: readonly PikaNode[], layout: ReadonlyMap<string, NodeLayout>): NodeLayout {
  const size = NODE_SIZE[node.kind];
  const dataId = node.kind === 'table' || node.kind === 'plot' ? node.data : undefined;
  const data = dataId === undefined ? undefined : layout.get(dataId);
  if (!data) return freePlace({ ...size, ...belowAll(layout) }, layout);
  const below = { ...size, x: snap(data.x), y: snap(data.y + data.height + GAP_PX) };
  if (node.kind === 'table') return freePlace(below, layout);
  const siblings = added.filter((each) => each.kind === 'table' && each.data === dataId);
  const group = [data, ...siblings.flatMap(({ id }) => layout.get(id) ?? [])];
  const right = Math.max(...group.map(({ x, width }) => x + width));
  return freePlace({ ...size, x: snap(right + GAP_PX), y: snap(data.y) }, layout);
}

function belowAll(layout: ReadonlyMap<string, NodeLayout>): Pick<NodeLayout, 'x' | 'y'> {
  const places = [...layout.values()];
  if (places.length === 0) return { x: MARGIN_PX, y: MARGIN_PX };
  const left = Math.min(...places.map(({ x }) => x));
  const bottom = Math.max(...places.map(({ y, height }) => y + height));
  return { x: snap(left), y: snap(bottom + 2 * GAP_PX) };
}

function freePlace(wished: NodeLayout, layout: ReadonlyMap<string, NodeLayout>): NodeLayout {
  const places = [...layout.values()];
  let place = wished;
  for (let other = blocking(place, places); other; other = blocking(place, places)) {
    place = { ...place, y: snap(other.y + other.height + GAP_PX) };
  }
  return place;
}

function blocking(place: NodeLayout, others: readonly NodeLayout[]): NodeLayout | undefined {
  return others.find(
    (other) =>
      place.x < other.x + other.width + GRID_PX &&
      other.x < place.x + place.width + GRID_PX &&
      place.y < other.y + other.height + GRID_PX &&
      other.y < place.y + place.height + GRID_PX,
  );
}

function snap(valuePx: number): number {
  return Math.ceil(valuePx / GRID_PX) * GRID_PX;
}
