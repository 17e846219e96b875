/** A part of one axis, in data units or in names of categories, so that it stays where it is under pan and zoom. */
export type AxisSelection =
  /** From `low` on; `high` belongs to it only when it says so. */
  | {
      readonly kind: 'values';
      readonly low: number;
      readonly high: number;
      readonly isHighIncluded: boolean;
    }
  | {
      readonly kind: 'categories';
      /** Display texts; null is the null category. */
      readonly names: readonly (string | null)[];
      /** All categories that the axis names, where those that it does not name are selected too. */
      readonly othersThan: readonly (string | null)[] | null;
    }
  /** Every row that has a place on the axis: those without one are not drawn. */
  | { readonly kind: 'placed' };

/** A corner of a polygon on the axes' own scales: data units, decimal logarithms on a log axis, `codedOf` them on symlog and sqrt. */
export type Corner = readonly [x: number, y: number];

/** What is selected in a plot. */
export type PlotSelection =
  | { readonly kind: 'ranges'; readonly x?: AxisSelection; readonly y?: AxisSelection }
  | { readonly kind: 'polygon'; readonly corners: readonly Corner[] };

/** An edge of a polygon that is not level: at `y` from `low` up to, but not at, `high` it lies at `x + slope * (y - low)`. */
export interface PolygonEdge {
  readonly low: number;
  readonly high: number;
  readonly x: number;
  readonly slope: number;
}

/** Digits of a slope: far finer than a pixel, and short enough to read. */
const SLOPE_DIGITS = 8;

/**
 * The edges of a closed polygon. A point lies inside when an odd number of them lies to its right, which SQL and the
 * counting of codes test with the same operations in the same order.
 */
export function polygonEdges(corners: readonly Corner[]): readonly PolygonEdge[] {
  return corners.flatMap((corner, index) => {
    const next = corners[(index + 1) % corners.length] ?? corner;
    const [from, to] = corner[1] <= next[1] ? [corner, next] : [next, corner];
    if (from[1] === to[1]) return [];
    const slope = Number(((to[0] - from[0]) / (to[1] - from[1])).toPrecision(SLOPE_DIGITS));
    return [{ low: from[1], high: to[1], x: from[0], slope }];
  });
}

/** Whether a point lies inside the polygon of these edges. */
export function isInPolygon(edges: readonly PolygonEdge[], x: number, y: number): boolean {
  let isInside = false;
  for (const edge of edges) {
    if (y >= edge.low && y < edge.high && x < edge.x + edge.slope * (y - edge.low)) isInside = !isInside;
  }
  return isInside;
}

/** The smallest and largest of a polygon's corners on one axis. */
export function cornerRange(corners: readonly Corner[], axis: 0 | 1): readonly [number, number] {
  const values = corners.map((corner) => corner[axis]);
  return [Math.min(...values), Math.max(...values)];
}
