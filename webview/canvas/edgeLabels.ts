import { pointOnEdge, type EdgeGeometry } from './edgeGeometry.ts';
import type { Box } from './placeIndex.ts';

/** Where along an edge its label may stand, the best first. */
const SHARES = [0.5, 0.7, 0.3, 0.85, 0.15] as const;
const ABOVE_PX = 6;
const LINE_PX = 12;
const CHARACTER_PX = 6.5;
const GAP_PX = 2;

/** A text that an edge wants to have beside it. */
export interface EdgeText {
  readonly id: string;
  readonly text: string;
  readonly geometry: EdgeGeometry;
}

/** The middle of a text's base line. */
export interface EdgeLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Labels of sideways edges by their ids, none on another; a text that finds no free place along its edge is left out. */
export function placeLabels(texts: readonly EdgeText[]): ReadonlyMap<string, EdgeLabel> {
  const taken: Box[] = [];
  const placed = new Map<string, EdgeLabel>();
  for (const { id, text, geometry } of texts) {
    if (text === '' || !geometry.isSideways) continue;
    const label = SHARES.map((share) => labelAt(geometry, text, share)).find((each) => isFree(boxOf(each), taken));
    if (!label) continue;
    taken.push(boxOf(label));
    placed.set(id, label);
  }
  return placed;
}

function labelAt(geometry: EdgeGeometry, text: string, share: number): EdgeLabel {
  const { x, y } = pointOnEdge(geometry, share);
  return { text, x, y: y - ABOVE_PX };
}

function boxOf({ text, x, y }: EdgeLabel): Box {
  const width = text.length * CHARACTER_PX + 2 * GAP_PX;
  return { x: x - width / 2, y: y - LINE_PX, width, height: LINE_PX };
}

function isFree(box: Box, taken: readonly Box[]): boolean {
  return !taken.some(
    (each) =>
      box.x < each.x + each.width &&
      each.x < box.x + box.width &&
      box.y < each.y + each.height &&
      each.y < box.y + box.height,
  );
}
