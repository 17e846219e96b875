import type { PlotHeader } from '#common/plot/plotData';
import { labelWidthPx } from './axes/axisTicks.ts';
import { hasFewPoints } from './plotPlan.ts';

/** A rectangle in CSS pixels. */
export interface PixelRect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A position in CSS pixels of the whole surface. */
export interface Pointer {
  readonly left: number;
  readonly top: number;
}

/** Where everything of a plot lies, in CSS pixels; known before the first row, so that nothing moves later. */
export interface PlotFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** What the canvas covers. */
  readonly plot: PixelRect;
  /** What the whole code space of both axes fills, inside `plot`. */
  readonly data: PixelRect;
  readonly hasTitles: boolean;
  /** Where the horizontal axis's title stands. */
  readonly titleBaselinePx: number;
  /** Degrees that category labels are turned by. */
  readonly categoryAngle: 0 | -45;
}

const MARGIN = { top: 10, right: 14, bottom: 24, left: 50 } as const;
const TITLE_PX = 16;
const TITLE_DESCENT_PX = 7;
export const LEGEND_ROW_PX = 18;
const DENSITY_LEGEND_PX = 54;
const CAPTION_PX = 15;
/** Second line of the labels of a time axis. */
const DETAIL_PX = 13;
const DATA_INSET_PX = 6;
const MOST_TURNED_LABEL_PX = 78;
const SMALLEST_PLOT_PX = 16;
const TITLES_FROM_PX = { width: 240, height: 170 } as const;
const LABEL_PADDING_PX = 8;
const MOST_LABEL_SHARE = 0.4;
/** Longest category label before it is cut. */
export const LABEL_CHARACTERS = 14;

/** Room that the parts of a plot take on a surface of this size. */
export function plotFrame(header: PlotHeader, widthPx: number, heightPx: number): PlotFrame {
  const hasTitles = widthPx >= TITLES_FROM_PX.width && heightPx >= TITLES_FROM_PX.height;
  const titlePx = hasTitles ? TITLE_PX : 0;
  const left = leftLabelsPx(header, widthPx) + titlePx;
  const right = MARGIN.right + (hasDensityLegend(header) ? DENSITY_LEGEND_PX : 0);
  const top = MARGIN.top + (hasSeriesLegend(header) ? LEGEND_ROW_PX : 0);
  const width = Math.max(SMALLEST_PLOT_PX, Math.floor(widthPx - left - right));
  const turned = turnedLabels(header, width);
  const captionPx = hasCaption(header) ? CAPTION_PX : 0;
  const detailPx = header.x.kind === 'temporal' ? DETAIL_PX : 0;
  const bottom = MARGIN.bottom + titlePx + turned.extraPx + detailPx + captionPx;
  const height = Math.max(SMALLEST_PLOT_PX, Math.floor(heightPx - top - bottom));
  const plot = { left, top, width, height };
  return {
    widthPx,
    heightPx,
    plot,
    data: dataRect(header, plot),
    hasTitles,
    titleBaselinePx: heightPx - captionPx - TITLE_DESCENT_PX,
    categoryAngle: turned.angle,
  };
}

/** The names of a plot's series in the order of their colours; empty where colours stand for no categories. */
export function seriesOf(header: PlotHeader): readonly (string | null)[] {
  if (header.plotKind === 'line' || header.plotKind === 'groups') return header.series;
  return header.plotKind === 'scatter' && header.color?.kind === 'nominal' ? header.color.categories : [];
}

/** Whether a plot names its series. */
export function hasSeriesLegend(header: PlotHeader): boolean {
  return seriesOf(header).length > 1;
}

/** Whether a colour bar stands beside the plot. */
export function hasDensityLegend(header: PlotHeader): boolean {
  if (header.plotKind === 'groups') return header.shape === 'heat';
  if (header.plotKind !== 'scatter') return false;
  if (header.color) return header.color.kind !== 'nominal';
  return header.size === undefined && !hasFewPoints(header);
}

/** Whether something is not drawn, which the caption says. */
export function hasCaption(header: PlotHeader): boolean {
  if (header.plotKind === 'scatter' && header.sizeLeftOut !== undefined) return true;
  return header.rowCount > header.drawableCount && header.drawableCount > 0;
}

/** A category as its axis label, cut to a bearable length. */
export function categoryLabel(category: string | null): string {
  if (category === null) return 'null';
  if (category === '') return '(empty)';
  return category.length > LABEL_CHARACTERS ? `${category.slice(0, LABEL_CHARACTERS - 1)}…` : category;
}

function dataRect(header: PlotHeader, plot: PixelRect): PixelRect {
  if (header.plotKind !== 'scatter' && header.plotKind !== 'line') return plot;
  const inset = Math.min(DATA_INSET_PX, Math.floor(Math.min(plot.width, plot.height) / 4));
  return {
    left: plot.left + inset,
    top: plot.top + inset,
    width: plot.width - 2 * inset,
    height: plot.height - 2 * inset,
  };
}

/** Room for the labels of the vertical axis; categories may need more than numbers. */
function leftLabelsPx({ y }: PlotHeader, widthPx: number): number {
  if (y.kind !== 'nominal') return MARGIN.left;
  const longestPx = Math.max(0, ...y.categories.map((category) => labelWidthPx(categoryLabel(category))));
  return Math.min(
    Math.max(MARGIN.left, Math.ceil(longestPx) + LABEL_PADDING_PX * 2),
    Math.floor(widthPx * MOST_LABEL_SHARE),
  );
}

function turnedLabels(header: PlotHeader, widthPx: number): { angle: 0 | -45; extraPx: number } {
  if (header.x.kind !== 'nominal' || header.x.field === '') return { angle: 0, extraPx: 0 };
  const longestPx = Math.max(0, ...header.x.categories.map((category) => labelWidthPx(categoryLabel(category))));
  if (longestPx + LABEL_PADDING_PX <= widthPx / Math.max(1, header.x.categories.length))
    return { angle: 0, extraPx: 0 };
  return { angle: -45, extraPx: Math.min(MOST_TURNED_LABEL_PX, Math.ceil(longestPx * Math.SQRT1_2)) };
}
