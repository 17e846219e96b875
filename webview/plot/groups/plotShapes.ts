import type { Rgba } from '../../gpu/passes/drawPass.ts';

/** A position in device pixels from the top left. */
export type ShapePoint = readonly [left: number, top: number];

/** A filled rectangle of a group. */
export interface ShapeRect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly color: Rgba;
  /** Index of the group that it shows. */
  readonly group: number;
}

/** A filled band between two lines of equally many points. */
export interface ShapeBand {
  readonly upper: readonly ShapePoint[];
  readonly lower: readonly ShapePoint[];
  readonly color: Rgba;
}

/** A line with round joins and ends; one point is a dot. */
export interface ShapeLine {
  readonly points: readonly ShapePoint[];
  readonly widthPx: number;
  readonly color: Rgba;
  readonly series: number;
}

/** What a plot of groups is drawn from, in this order; both tiers and the SVG export draw the same shapes. */
export interface PlotShapes {
  readonly bands: readonly ShapeBand[];
  readonly rects: readonly ShapeRect[];
  readonly lines: readonly ShapeLine[];
}

export const NO_SHAPES: PlotShapes = { bands: [], rects: [], lines: [] };
