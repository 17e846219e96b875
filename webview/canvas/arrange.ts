import { graphlib, layout as arrangeGraph } from '@dagrejs/dagre';
import { GRID_PX } from '#common/document/placeNodes';
import type { NodeLayout, PikaDocument } from '#common/document/pikaDocument';
import type { GraphEdge } from '#common/protocol/webviewContract';
import { frameAround, membersOf } from './frames.ts';
import { boundsOf, type Places } from './selectionPlaces.ts';

const GAP_PX = 56;
const SIBLING_GAP_PX = 40;
const FRAME_GAP_PX = 64;

interface Item {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/**
 * New places for all nodes: from left to right in the order of the data, none over another. What lies in a frame is
 * arranged inside it, and the frame as one piece among the rest. Only places that change are given.
 */
export function arrangePlaces(
  document: PikaDocument,
  layout: ReadonlyMap<string, NodeLayout>,
  edges: readonly GraphEdge[],
): Places {
  const frames = document.nodes.filter(({ kind }) => kind === 'frame').map(({ id }) => id);
  const frameOf = new Map<string, string>();
  for (const frame of frames) for (const id of membersOf(document, layout, frame)) frameOf.set(id, frame);
  const found = new Map<string, NodeLayout>();
  const groups = new Map(frames.filter((id) => !frameOf.has(id)).map((id) => [id, arrangeFrame(id)]));

  function rootOf(id: string): string {
    let root = id;
    for (let outer = frameOf.get(root); outer !== undefined; outer = frameOf.get(root)) root = outer;
    return root;
  }

  function arrangeFrame(frame: string): Places {
    const inside = document.nodes
      .filter(({ id, kind }) => kind !== 'frame' && rootOf(id) === frame)
      .map(({ id }) => id);
    return inside.length === 0 ? {} : arrangeItems(itemsOf(inside), edges);
  }

  function itemsOf(ids: readonly string[]): Item[] {
    return ids.flatMap((id) => {
      const place = layout.get(id);
      return place ? [{ id, width: place.width, height: place.height }] : [];
    });
  }

  const outer = document.nodes.map(({ id }) => id).filter((id) => !frameOf.has(id));
  const items = itemsOf(outer).map((item) => {
    const group = Object.values(groups.get(item.id) ?? {});
    return group.length === 0 ? item : { id: item.id, ...sizeOf(frameAround(group)) };
  });
  const outerEdges = edges.map(({ from, to }) => ({ from: rootOf(from), to: rootOf(to) }));
  for (const [id, place] of Object.entries(arrangeItems(items, outerEdges))) {
    found.set(id, place);
    const group = groups.get(id) ?? {};
    const around = Object.keys(group).length === 0 ? null : frameAround(Object.values(group));
    for (const [member, at] of Object.entries(group)) {
      if (around) found.set(member, { ...at, x: place.x + at.x - around.x, y: place.y + at.y - around.y });
    }
  }
  return changedPlaces(layout, found);
}

function sizeOf({ width, height }: NodeLayout): Omit<Item, 'id'> {
  return { width, height };
}

/** Connected items as a graph from left to right; what is connected to nothing stands in rows below. */
function arrangeItems(items: readonly Item[], edges: readonly GraphEdge[]): Places {
  const ids = new Set(items.map(({ id }) => id));
  const known = edges.filter(({ from, to }) => ids.has(from) && ids.has(to) && from !== to);
  const isConnected = new Set(known.flatMap(({ from, to }) => [from, to]));
  const connected = graphPlaces(
    items.filter(({ id }) => isConnected.has(id)),
    known,
  );
  const loose = items.filter(({ id }) => !isConnected.has(id));
  return { ...connected, ...rowPlaces(loose, Object.values(connected)) };
}

function graphPlaces(items: readonly Item[], edges: readonly GraphEdge[]): Places {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: GAP_PX, nodesep: SIBLING_GAP_PX, ranker: 'tight-tree' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of items) graph.setNode(id, { width, height });
  for (const { from, to } of edges) graph.setEdge(from, to);
  arrangeGraph(graph);
  return Object.fromEntries(
    items.map(({ id, width, height }) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      return [id, { x: snap(x - width / 2), y: snap(y - height / 2), width, height }];
    }),
  );
}

function rowPlaces(items: readonly Item[], above: readonly NodeLayout[]): Places {
  const box = above.length === 0 ? null : boundsOf(above);
  const area = items.reduce((sum, { width, height }) => sum + (width + GAP_PX) * (height + GAP_PX), 0);
  const rowWidth = Math.max(box?.width ?? 0, Math.sqrt(area) * 1.4);
  const left = box?.x ?? 0;
  let x = left;
  let y = box ? box.y + box.height + FRAME_GAP_PX : 0;
  let rowHeight = 0;
  const places: Record<string, NodeLayout> = {};
  for (const { id, width, height } of items) {
    if (x > left && x + width > left + rowWidth) {
      x = left;
      y += rowHeight + GAP_PX;
      rowHeight = 0;
    }
    places[id] = { x: snap(x), y: snap(y), width, height };
    x += width + GAP_PX;
    rowHeight = Math.max(rowHeight, height);
  }
  return places;
}

/** Moved as a whole so that the top left corner stays where it was. */
function changedPlaces(layout: ReadonlyMap<string, NodeLayout>, found: ReadonlyMap<string, NodeLayout>): Places {
  const before = boundsOf([...layout.values()]);
  const after = boundsOf([...found.values()]);
  const dx = snap(before.x - after.x);
  const dy = snap(before.y - after.y);
  const moved = [...found].map(([id, place]) => [id, { ...place, x: place.x + dx, y: place.y + dy }] as const);
  return Object.fromEntries(moved.filter(([id, place]) => JSON.stringify(place) !== JSON.stringify(layout.get(id))));
}

function snap(value: number): number {
  return Math.round(value / GRID_PX) * GRID_PX;
}
