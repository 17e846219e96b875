import type { PlotHeader } from '#common/plot/plotData';
import { axisScale } from './axes/axisScale.ts';
import { verticalTicks } from './axes/axisTicks.ts';
import { textWidthPx } from './axes/textWidth.ts';
import { legendRows, LEGEND_ROW_PX, type LegendEntry } from './legendRows.ts';
import { hasFewPoints } from '#common/plot/scatterForm';
import { seriesName } from './seriesName.ts';

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
  /** Longest label of a category below the plot, and of any tick beside it, along the text. */
  readonly labelPx: { readonly x: number; readonly y: number };
  /** The names of the series above the plot, row by row. */
  readonly legend: readonly (readonly LegendEntry[])[];
}

const MARGIN = { top: 10, right: 14, bottom: 24, left: 50 } as const;
const TITLE_PX = 16;
const TITLE_DESCENT_PX = 7;
const DENSITY_LEGEND_PX = 54;
/** A title beside the colour bar, turned. */
const DENSITY_TITLE_PX = 14;
const CAPTION_PX = 15;
/** Second line of the labels of a time axis. */
const DETAIL_PX = 13;
const DATA_INSET_PX = 6;
/** Turned labels never take more of the height than this, in pixels and as a share. */
const MOST_TURNED = { px: 86, share: 0.3 } as const;
/** Labels beside each other are cut rather than turned where at least this much of them is seen. */
const READABLE_PX = 96;
const SMALLEST_PLOT_PX = 16;
const TITLES_FROM_PX = { width: 240, height: 170 } as const;
const LABEL_PADDING_PX = 8;
/** Between a label beside the plot and the plot. */
const LABEL_GAP_PX = 7;
/** Categories beside the plot never take more of the width than this, in pixels and as a share. */
const MOST_LABEL = { px: 260, share: 0.4 } as const;
/** Numbers need less. */
const MOST_NUMBER_PX = 70;
/** Share of the height that the names of series may take. */
const MOST_LEGEND_SHARE = 0.2;

/** Room that the parts of a plot take on a surface of this size. */
export function plotFrame(header: PlotHeader, widthPx: number, heightPx: number): PlotFrame {
  const hasTitles = widthPx >= TITLES_FROM_PX.width && heightPx >= TITLES_FROM_PX.height;
  const titlePx = hasTitles ? TITLE_PX : 0;
  const labelsPx = leftLabelsPx(header, widthPx, heightPx);
  const left = labelsPx + titlePx;
  const right = MARGIN.right + (hasDensityLegend(header) ? DENSITY_LEGEND_PX + (hasTitles ? DENSITY_TITLE_PX : 0) : 0);
  const legend = hasSeriesLegend(header) ? legendOfSeries(header, widthPx, heightPx) : [];
  const top = MARGIN.top + legend.length * LEGEND_ROW_PX;
  const width = Math.max(SMALLEST_PLOT_PX, Math.floor(widthPx - left - right));
  const below = labelsBelow(header, { left, width, heightPx });
  const captionPx = hasCaption(header) ? CAPTION_PX : 0;
  const detailPx = header.x.kind === 'temporal' ? DETAIL_PX : 0;
  const bottom = MARGIN.bottom + titlePx + below.extraPx + detailPx + captionPx;
  const height = Math.max(SMALLEST_PLOT_PX, Math.floor(heightPx - top - bottom));
  const plot = { left, top, width, height };
  return {
    widthPx,
    heightPx,
    plot,
    data: dataRect(header, plot),
    hasTitles,
    titleBaselinePx: heightPx - captionPx - TITLE_DESCENT_PX,
    categoryAngle: below.angle,
    labelPx: { x: below.labelPx, y: labelsPx - LABEL_GAP_PX - 1 },
    legend,
  };
}

function legendOfSeries(header: PlotHeader, widthPx: number, heightPx: number): PlotFrame['legend'] {
  const mostRows = Math.max(1, Math.floor((heightPx * MOST_LEGEND_SHARE) / LEGEND_ROW_PX));
  return legendRows(seriesOf(header).map(seriesName), widthPx, mostRows);
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

/** A category as its axis label, whole. */
export function categoryLabel(category: string | null): string {
  if (category === null) return 'null';
  return category === '' ? '(empty)' : category;
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
function leftLabelsPx(header: PlotHeader, widthPx: number, heightPx: number): number {
  const longest = (labels: readonly string[]) => Math.ceil(Math.max(0, ...labels.map((label) => textWidthPx(label))));
  const { y } = header;
  if (y.kind === 'count') return MARGIN.left;
  if (y.kind === 'nominal') {
    const neededPx = longest(y.categories.map(categoryLabel)) + 2 * LABEL_PADDING_PX;
    return Math.min(Math.max(MARGIN.left, neededPx), Math.floor(widthPx * MOST_LABEL.share), MOST_LABEL.px);
  }
  const { ticks } = verticalTicks(axisScale(y, [heightPx, 0]), heightPx, MOST_NUMBER_PX);
  const neededPx = longest(ticks.map(({ label }) => label)) + LABEL_PADDING_PX;
  return Math.max(MARGIN.left, Math.min(neededPx, MOST_NUMBER_PX + LABEL_PADDING_PX));
}

interface LabelsBelow {
  readonly angle: 0 | -45;
  /** How much higher than one line they are. */
  readonly extraPx: number;
  /** Longest label, along the text. */
  readonly labelPx: number;
}

/** The labels of categories below the plot: beside each other where enough of them can be read, and turned otherwise. */
function labelsBelow(
  { x }: PlotHeader,
  { left, width, heightPx }: { readonly left: number; readonly width: number; readonly heightPx: number },
): LabelsBelow {
  if (x.kind !== 'nominal' || x.field === '') return { angle: 0, extraPx: 0, labelPx: width };
  const longestPx = Math.max(0, ...x.categories.map((category) => textWidthPx(categoryLabel(category))));
  const stepPx = width / Math.max(1, x.categories.length);
  if (Math.min(longestPx, READABLE_PX) + LABEL_PADDING_PX <= stepPx) {
    return { angle: 0, extraPx: 0, labelPx: stepPx - LABEL_PADDING_PX };
  }
  const mostPx = Math.min(MOST_TURNED.px, heightPx * MOST_TURNED.share) / Math.SQRT1_2;
  // The first label begins left of the plot, and must not begin left of the picture.
  const labelPx = Math.min(longestPx, mostPx, (left + stepPx / 2) / Math.SQRT1_2 - LABEL_PADDING_PX);
  return { angle: -45, extraPx: Math.ceil(labelPx * Math.SQRT1_2), labelPx };
}
