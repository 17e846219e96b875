import type { NodeLayout } from '#common/document/pikaDocument';

export type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/** How much more a step aside counts than a step ahead. */
const ASIDE_WEIGHT = 2;

/** The node that lies next in a direction: its middle is ahead, and near the line straight ahead. */
export function nearestNode(places: ReadonlyMap<string, NodeLayout>, fromId: string, key: ArrowKey): string | null {
  const from = places.get(fromId);
  if (!from) return null;
  let nearest: { readonly id: string; readonly cost: number } | null = null;
  for (const [id, place] of places) {
    if (id === fromId) continue;
    const dx = place.x + place.width / 2 - from.x - from.width / 2;
    const dy = place.y + place.height / 2 - from.y - from.height / 2;
    const [ahead, aside] = aheadAndAside(key, dx, dy);
    const cost = ahead + ASIDE_WEIGHT * Math.abs(aside);
    if (ahead > 0 && Math.abs(aside) <= 3 * ahead && (!nearest || cost < nearest.cost)) nearest = { id, cost };
  }
  return nearest?.id ?? null;
}

function aheadAndAside(key: ArrowKey, dx: number, dy: number): readonly [number, number] {
  switch (key) {
    case 'ArrowLeft':
      return [-dx, dy];
    case 'ArrowRight':
      return [dx, dy];
    case 'ArrowUp':
      return [-dy, dx];
    case 'ArrowDown':
      return [dy, dx];
  }
}
