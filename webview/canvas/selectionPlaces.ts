import type { NodeLayout } from '#common/document/pikaDocument';

export type Places = Readonly<Record<string, NodeLayout>>;
export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';
export type Direction = 'horizontal' | 'vertical';

/** The places of nodes lined up with the edges or the middle of all of them; only those that change. */
export function alignPlaces(places: Places, alignment: Alignment): Places {
  const box = boundsOf(Object.values(places));
  return changed(places, (place) => {
    switch (alignment) {
      case 'left':
        return { ...place, x: box.x };
      case 'center':
        return { ...place, x: Math.round(box.x + (box.width - place.width) / 2) };
      case 'right':
        return { ...place, x: box.x + box.width - place.width };
      case 'top':
        return { ...place, y: box.y };
      case 'middle':
        return { ...place, y: Math.round(box.y + (box.height - place.height) / 2) };
      case 'bottom':
        return { ...place, y: box.y + box.height - place.height };
    }
  });
}

/** The places of nodes with equal gaps between them, the first and the last staying; only those that change. */
export function distributePlaces(places: Places, direction: Direction): Places {
  const [start, size] = direction === 'horizontal' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const inOrder = Object.entries(places).sort(([, a], [, b]) => a[start] - b[start]);
  const first = inOrder[0]?.[1];
  const last = inOrder.at(-1)?.[1];
  if (!first || !last) return {};
  const total = inOrder.reduce((sum, [, place]) => sum + place[size], 0);
  const gap = (last[start] + last[size] - first[start] - total) / (inOrder.length - 1);
  let at = first[start];
  const starts = new Map<string, number>();
  for (const [id, place] of inOrder) {
    starts.set(id, Math.round(at));
    at += place[size] + gap;
  }
  return changed(places, (place, id) => ({ ...place, [start]: starts.get(id) ?? place[start] }));
}

/** The smallest rectangle around places. */
export function boundsOf(places: readonly NodeLayout[]): NodeLayout {
  const x = Math.min(...places.map((place) => place.x));
  const y = Math.min(...places.map((place) => place.y));
  const right = Math.max(...places.map((place) => place.x + place.width));
  const bottom = Math.max(...places.map((place) => place.y + place.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** Whether a place lies wholly inside another. */
export function isInside(place: NodeLayout, outer: NodeLayout): boolean {
  return (
    place.x >= outer.x &&
    place.y >= outer.y &&
    place.x + place.width <= outer.x + outer.width &&
    place.y + place.height <= outer.y + outer.height
  );
}

function changed(places: Places, change: (place: NodeLayout, id: string) => NodeLayout): Places {
  const entries = Object.entries(places).map(([id, place]) => [id, place, change(place, id)] as const);
  return Object.fromEntries(
    entries.flatMap(([id, before, after]) => (before.x === after.x && before.y === after.y ? [] : [[id, after]])),
  );
}
