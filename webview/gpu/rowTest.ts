import type { PolygonEdge } from '#common/plot/plotSelection';

/** Codes from `low` up to and including `high`; none when `low` is larger. */
export interface CodeBounds {
  readonly low: number;
  readonly high: number;
}

/** How codes become the values that a polygon's corners are given in. */
export interface CodeValues {
  readonly origin: number;
  readonly step: number;
  /** Values are multiples of this: 1 for whole numbers, a day for dates; 0 when they may be anything. */
  readonly unit: number;
}

/** Which rows of the code columns `x` and `y` are selected; a null code never is. */
export type RowTest =
  | { readonly kind: 'ranges'; readonly x: CodeBounds; readonly y: CodeBounds }
  | {
      readonly kind: 'polygon';
      /** A box around the polygon. */
      readonly x: CodeBounds;
      readonly y: CodeBounds;
      readonly xValues: CodeValues;
      readonly yValues: CodeValues;
      readonly edges: readonly PolygonEdge[];
    };

/** The value that a code stands for; of whole numbers exactly the one that was coded. */
export function valueOfCode(code: number, { origin, step, unit }: CodeValues): number {
  const value = origin + code * step;
  return unit === 0 ? value : Math.round(value / unit) * unit;
}
