import { FIXED_NULL } from '#common/plot/plotData';
import type { LineRows } from '../lineRows.ts';

/** Rows [first, end) of one series without a gap. */
interface Run {
  readonly first: number;
  readonly end: number;
}

/**
 * The rows that keep the look of a line best when only so many may be kept: in each of equal parts of a run the row that
 * makes the largest triangle with the row kept before and the mean of the part after. First and last row of a run stay,
 * and one row of every gap. For small lines and exports; it is a choice in sequence, so there is no shader.
 * Source: largest triangle, three buckets (Steinarsson 2013).
 * @param most Rows of values to keep, at least two a run.
 * @returns Row numbers in drawing order.
 */
export function thinLine(rows: LineRows, most: number): readonly number[] {
  const runs = runsOf(rows);
  const rowCount = runs.reduce((sum, { first, end }) => sum + end - first, 0);
  const share = Math.min(1, most / Math.max(1, rowCount));
  return runs.flatMap((run, index) => {
    const next = runs[index + 1];
    const isGap = next !== undefined && next.first > run.end;
    const kept = thinRun(rows, run, Math.floor((run.end - run.first) * share));
    return isGap ? [...kept, run.end] : kept;
  });
}

function runsOf({ x, y, series }: LineRows): readonly Run[] {
  const runs: Run[] = [];
  let first = -1;
  for (let row = 0; row <= x.length; row += 1) {
    const isPoint = row < x.length && x[row] !== FIXED_NULL && y[row] !== FIXED_NULL;
    const goesOn = isPoint && first >= 0 && series[row] === series[row - 1];
    if (goesOn) continue;
    if (first >= 0) runs.push({ first, end: row });
    first = isPoint ? row : -1;
  }
  return runs;
}

function thinRun({ x, y }: LineRows, { first, end }: Run, most: number): readonly number[] {
  const count = end - first;
  if (count <= Math.max(2, most)) return Array.from({ length: count }, (_, index) => first + index);
  const parts = Math.max(2, most) - 2;
  const last = end - 1;
  const partStart = (part: number) => first + 1 + Math.floor((part * (count - 2)) / parts);
  const kept = [first];
  let before = first;
  for (let part = 0; part < parts; part += 1) {
    const after = part + 1 < parts ? meanOf(x, y, partStart(part + 1), partStart(part + 2)) : at(x, y, last);
    before = largestTriangle(x, y, at(x, y, before), after, partStart(part), partStart(part + 1));
    kept.push(before);
  }
  return [...kept, last];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function at(x: Uint32Array, y: Uint32Array, row: number): Point {
  return { x: x[row] ?? 0, y: y[row] ?? 0 };
}

function meanOf(x: Uint32Array, y: Uint32Array, first: number, end: number): Point {
  let [sumX, sumY] = [0, 0];
  for (let row = first; row < end; row += 1) {
    sumX += x[row] ?? 0;
    sumY += y[row] ?? 0;
  }
  return { x: sumX / (end - first), y: sumY / (end - first) };
}

function largestTriangle(
  x: Uint32Array,
  y: Uint32Array,
  before: Point,
  after: Point,
  first: number,
  end: number,
): number {
  let [best, bestArea] = [first, -1];
  for (let row = first; row < end; row += 1) {
    const point = at(x, y, row);
    const area = Math.abs((before.x - after.x) * (point.y - before.y) - (before.x - point.x) * (after.y - before.y));
    if (area > bestArea) [best, bestArea] = [row, area];
  }
  return best;
}
