import { FIXED_NULL } from '#common/plot/plotData';
import { countNodes, FAN_OUT, NO_ROW, pyramidLevels, WORDS_PER_NODE } from '../linePyramid.ts';

/** Four row numbers: first, lowest, highest and last point of some rows; NO_ROW where there is none. */
export type LinePoints = Uint32Array;

/** First, lowest, highest and last point of every 64 values, then of every 64 of these nodes, and so on. Twin of shaders/linePyramid.wgsl. */
export function buildPyramid(y: Uint32Array): Uint32Array<ArrayBuffer> {
  const levels = pyramidLevels(y.length);
  const nodes = new Uint32Array(countNodes(levels) * WORDS_PER_NODE).fill(NO_ROW);
  levels.forEach(({ firstNode, nodeCount }, index) => {
    const below = levels[index - 1];
    const belowCount = below?.nodeCount ?? y.length;
    for (let node = 0; node < nodeCount; node += 1) {
      const points = pointsAt(nodes, firstNode + node);
      const end = Math.min((node + 1) * FAN_OUT, belowCount);
      for (let unit = node * FAN_OUT; unit < end; unit += 1) {
        if (below) joinPoints(points, pointsAt(nodes, below.firstNode + unit), y);
        else addRow(points, unit, y);
      }
    }
  });
  return nodes;
}

/** The points of one node. */
export function pointsAt(nodes: Uint32Array, node: number): LinePoints {
  return nodes.subarray(node * WORDS_PER_NODE, (node + 1) * WORDS_PER_NODE);
}

/** Adds one row behind those that `points` holds; of equally low or high rows the first stays. */
export function addRow(points: LinePoints, row: number, y: Uint32Array): void {
  const code = y[row] ?? FIXED_NULL;
  if (code === FIXED_NULL) return;
  if (points[0] === NO_ROW) {
    points.fill(row);
    return;
  }
  if (code < (y[points[1] ?? 0] ?? 0)) points[1] = row;
  if (code > (y[points[2] ?? 0] ?? 0)) points[2] = row;
  points[3] = row;
}

/** Adds the points of rows that follow those of `points`. */
export function joinPoints(points: LinePoints, after: LinePoints, y: Uint32Array): void {
  if (after[0] === NO_ROW) return;
  if (points[0] === NO_ROW) {
    points.set(after);
    return;
  }
  const [, lowest = 0, highest = 0, last = 0] = after;
  if ((y[lowest] ?? 0) < (y[points[1] ?? 0] ?? 0)) points[1] = lowest;
  if ((y[highest] ?? 0) > (y[points[2] ?? 0] ?? 0)) points[2] = highest;
  points[3] = last;
}
