import type { GroupsHeader, PlotHeader } from '#common/plot/plotData';
import type { SurfaceFrame } from '../gpu/passes/drawPass.ts';
import { isConstant } from './axes/axisScale.ts';
import { xScale } from './axes/plotScales.ts';
import { groupShapes } from './groups/groupShapes.ts';
import { NO_SHAPES, type PlotShapes } from './groups/plotShapes.ts';
import { columnEdges } from './lineWindow.ts';
import { pixelCells } from './pixelCells.ts';
import type { PixelRect, PlotFrame } from './plotFrame.ts';
import type { PlotColors } from './plotColors.ts';
import type { PointStyle } from '../gpu/passes/drawPoints.ts';
import { pointStyle } from './pointStyle.ts';
import { categorySpans } from './view/plotWindow.ts';
import { wholePart, type ShownPart } from './view/shownPart.ts';

/** Everything that both tiers need to draw the same picture, in device pixels. */
export interface PlotScene {
  readonly part: ShownPart;
  readonly surface: SurfaceFrame;
  /** Left and right edge per bar; empty for other marks. */
  readonly barSpansPx: Float32Array<ArrayBuffer>;
  /** Height of a bar that has the largest count. */
  readonly barFullHeightPx: number;
  readonly lineWidthPx: number;
  /** Width of a point that no line runs to. */
  readonly dotPx: number;
  /** Code at which every column of pixels begins, and the one at which the last ends; empty for other plots than lines. */
  readonly lineEdges: Uint32Array<ArrayBuffer>;
  /** Series of a line; 0 for other plots. */
  readonly seriesCount: number;
  readonly points: PointStyle;
  readonly colors: PlotColors;
  /** Cells of every pixel of a scatter, see `pixelCells`; empty for other plots. */
  readonly pixelCells: Uint32Array<ArrayBuffer>;
  /** What groups are drawn as; empty for other plots. */
  readonly shapes: PlotShapes;
}

/** Share of the plot's height that the largest count takes. */
export const FULL_BAR_SHARE = 0.95;
const LINE_WIDTH_PX = 1.4;
/** Wide enough to be seen alone. */
const DOT_PX = 4;
const BAR_GAP_PX = 1;
const GAP_FROM_PX = 4;
const CATEGORY_FILL = 0.78;
const WIDEST_CATEGORY_BAR_PX = 72;

/** The scene of a part of a plot on a canvas with `pixelRatio` device pixels per CSS pixel. */
export function plotScene(
  header: PlotHeader,
  frame: PlotFrame,
  pixelRatio: number,
  colors: PlotColors,
  part: ShownPart = wholePart(header, frame),
): PlotScene {
  const surface = surfaceFrame(header, frame, pixelRatio, part);
  return {
    part,
    surface,
    barSpansPx: barSpans(header, frame, pixelRatio, part),
    barFullHeightPx: Math.round(surface.heightPx * FULL_BAR_SHARE),
    lineWidthPx: LINE_WIDTH_PX * pixelRatio,
    dotPx: DOT_PX * pixelRatio,
    lineEdges: header.plotKind === 'line' ? columnEdges(surface) : new Uint32Array(0),
    seriesCount: header.plotKind === 'line' ? header.series.length : 0,
    points: pointStyle(header, part, pixelRatio, colors),
    colors,
    pixelCells: part.cells ? pixelCells(surface, part.cells) : new Uint32Array(0),
    shapes: header.plotKind === 'groups' ? shapesOf(header, surface, pixelRatio, colors, part) : NO_SHAPES,
  };
}

function shapesOf(
  header: GroupsHeader,
  { widthPx, heightPx }: SurfaceFrame,
  pixelRatio: number,
  colors: PlotColors,
  { window }: ShownPart,
): PlotShapes {
  return groupShapes(header, { widthPx, heightPx, pixelRatio, window, colors });
}

/** Left and right edge of every bar in CSS pixels from the plot's left edge, before rounding and gaps. */
export function barRanges(
  header: PlotHeader,
  plot: PixelRect,
  { edges, window } = wholePart(header),
): readonly (readonly [number, number])[] {
  if (header.plotKind === 'histogram') {
    const scale = xScale(header, [0, plot.width], window);
    return edges
      .slice(1)
      .map((edge, bin) => [scale.pixelFromData(edges[bin] ?? edge), scale.pixelFromData(edge)] as const);
  }
  if (header.plotKind === 'bars') {
    return categorySpans(header.x.categories.length, plot.width, window.x);
  }
  return [];
}

/** The surface of a part of a plot, and where its codes lie on it. */
export function surfaceFrame(
  header: PlotHeader,
  { plot, data }: PlotFrame,
  pixelRatio: number,
  part: ShownPart,
): SurfaceFrame {
  const device = (px: number) => Math.round(px * pixelRatio);
  const isScattered = header.plotKind === 'scatter' || header.plotKind === 'line';
  // All codes of a constant column are 0; half a rectangle further they stand in the middle.
  const shiftX = isScattered && isConstant(header.x) ? device(data.width) >> 1 : 0;
  const shiftY = isScattered && isConstant(header.y) ? device(data.height) >> 1 : 0;
  return {
    widthPx: device(plot.width),
    heightPx: device(plot.height),
    dataLeftPx: device(data.left - plot.left) + shiftX,
    dataTopPx: device(data.top - plot.top) - shiftY,
    dataWidthPx: device(data.width),
    dataHeightPx: device(data.height),
    xCodes: part.x,
    yCodes: part.y,
  };
}

function barSpans(
  header: PlotHeader,
  { plot }: PlotFrame,
  pixelRatio: number,
  part: ShownPart,
): Float32Array<ArrayBuffer> {
  const narrowed = barRanges(header, plot, part).map(([left, right]) =>
    header.plotKind === 'bars' ? categorySpan(left, right) : ([left, right] as const),
  );
  return Float32Array.from(
    narrowed.flatMap(([left, right]) => snapped(left * pixelRatio, right * pixelRatio, pixelRatio)),
  );
}

function categorySpan(left: number, right: number): readonly [number, number] {
  const width = Math.min((right - left) * CATEGORY_FILL, WIDEST_CATEGORY_BAR_PX);
  const middle = (left + right) / 2;
  return [middle - width / 2, middle + width / 2];
}

/** Edges on whole device pixels, with a gap on the right where there is room for one. */
function snapped(left: number, right: number, pixelRatio: number): readonly [number, number] {
  const first = Math.round(left);
  const end = Math.round(right);
  const gap = right - left >= GAP_FROM_PX * pixelRatio ? Math.max(1, Math.round(BAR_GAP_PX * pixelRatio)) : 0;
  return [first, Math.max(first + 1, end - gap)];
}
