import type { Pointer } from '../plotFrame.ts';

const TOLERANCE_PX = 1.5;
const MOST_CORNERS = 60;

/** The corners of a path that matter: what is left out lies within a pixel or two of the lines between them. */
export function simplifyPath(path: readonly Pointer[]): readonly Pointer[] {
  let tolerance = TOLERANCE_PX;
  let kept = simplified(path, tolerance);
  while (kept.length > MOST_CORNERS) {
    tolerance *= 1.5;
    kept = simplified(path, tolerance);
  }
  return kept;
}

/** The algorithm of Douglas and Peucker, without recursion: a path may be thousands of points long. */
function simplified(path: readonly Pointer[], tolerance: number): readonly Pointer[] {
  const isKept = new Set([0, path.length - 1]);
  const open: (readonly [number, number])[] = [[0, path.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [first, last] = span;
    const far = farthest(path, first, last);
    if (far.distance <= tolerance) continue;
    isKept.add(far.index);
    open.push([first, far.index], [far.index, last]);
  }
  return path.filter((_, index) => isKept.has(index));
}

function farthest(path: readonly Pointer[], first: number, last: number): { index: number; distance: number } {
  const [from, to] = [path[first], path[last]];
  let best = { index: first, distance: 0 };
  if (!from || !to) return best;
  for (let index = first + 1; index < last; index += 1) {
    const point = path[index];
    const distance = point ? distanceToLine(point, from, to) : 0;
    if (distance > best.distance) best = { index, distance };
  }
  return best;
}

function distanceToLine(point: Pointer, from: Pointer, to: Pointer): number {
  const [dx, dy] = [to.left - from.left, to.top - from.top];
  const length = Math.hypot(dx, dy);
  const [px, py] = [point.left - from.left, point.top - from.top];
  return length === 0 ? Math.hypot(px, py) : Math.abs(px * dy - py * dx) / length;
}
