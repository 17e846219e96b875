import { valueOf } from '#common/plot/fixedPoint';
import type { PlotHeader } from '#common/plot/plotData';
import { axisScale, linearScale, type AxisScale } from './axes/axisScale.ts';
import { formatTicks } from './axes/formatTick.ts';
import { plotLocale } from './axes/locale.ts';
import { fitText } from './axes/textWidth.ts';
import { numberOfWord, type CellColors } from './cellCounts.ts';
import { cellValueOf } from './cellPlan.ts';
import { cssFromPacked } from './plotColors.ts';
import type { PixelRect, PlotFrame } from './plotFrame.ts';
import type { PlotMarks } from './plotPlan.ts';

/** The colour bar beside a plot: stops from bottom to top and labelled values. */
export interface ColorLegend {
  /** What colours stand for, beside the labels; empty where there is no room. */
  readonly title: string;
  /** Where the title's middle is, turned by a quarter. */
  readonly titlePlace: { readonly left: number; readonly top: number };
  readonly bar: PixelRect;
  readonly stops: readonly { readonly offset: number; readonly color: string }[];
  readonly ticks: readonly { readonly pixel: number; readonly label: string }[];
}

const BAR_WIDTH_PX = 8;
const BAR_GAP_PX = 14;
const BAR_SHARE = 0.55;
const STOP_COUNT = 12;
const LABEL_STEP_PX = 14;
const LEGEND_TICKS = 4;
/** Room of a label beside the bar. */
const LABEL_PX = 38;
/** From the right end of the picture to the title's baseline. */
const TITLE_INSET_PX = 6;
const siCount = plotLocale.number.format('.3~s');

/** What the legend of colours is made from: what is drawn, and the largest count. */
export interface LegendFacts {
  readonly marks: PlotMarks;
  readonly maximum: number;
  /** What cells are coloured by, where it is no number of rows. */
  readonly values?: CellColors;
}

/** The colour bar of a plot; null where colours stand for nothing that is measured, or are not known yet. */
export function legendOf(
  header: PlotHeader,
  frame: PlotFrame,
  facts: LegendFacts | null,
  colors: Uint32Array,
): ColorLegend | null {
  const scale = cellScale(header, facts) ?? colorScale(header);
  if (scale) return valueLegend(frame, scale, titleOf(header), colors);
  if (!facts || facts.maximum === 0 || facts.marks !== 'density') return null;
  return densityLegend(frame, facts.maximum, colors);
}

/** The scale that a plot's colours stand for; null where they stand for counts or categories. */
function colorScale(header: PlotHeader): AxisScale | null {
  if (header.plotKind === 'groups' && header.shape === 'heat') return linearScale(header.valueDomain, [0, 1]);
  if (header.plotKind !== 'scatter' || !header.color || header.color.kind === 'nominal') return null;
  return axisScale(header.color, [0, 1]);
}

/** The scale of the values that cells are coloured by; null where discs are, which have the whole axis. */
function cellScale(header: PlotHeader, facts: LegendFacts | null): AxisScale | null {
  if (header.plotKind !== 'scatter' || facts?.marks !== 'density' || !facts.values) return null;
  const value = cellValueOf(header);
  if (!value || !header.color || header.color.kind === 'nominal') return null;
  const axis = header.color;
  const [low, high] = [facts.values.minimum, facts.values.maximum].map((word) => numberOfWord(word, value));
  if (low === undefined || high === undefined || low >= high) return null;
  return value.aggregate === 'sum'
    ? linearScale([low, high], [0, 1])
    : axisScale(axis, [0, 1], [valueOf(low, axis), valueOf(high, axis)]);
}

/** The legend of values from low to high. */
function valueLegend(frame: PlotFrame, scale: AxisScale, title: string, colors: Uint32Array): ColorLegend {
  const bar = legendBar(frame);
  const values = scale.ticks(LEGEND_TICKS);
  const { labels, base } = formatTicks(scale, values, LABEL_PX);
  const ticks = values.map((value, index) => ({
    pixel: bar.top + bar.height * (1 - scale.pixelFromData(value)),
    label: labels[index] ?? '',
  }));
  const text = base === '' ? title : `${title} (from ${base})`;
  return { bar, stops: legendStops(colors), ticks, ...titled(frame, text) };
}

/** What the colours of a plot stand for. */
function titleOf(header: PlotHeader): string {
  if (header.plotKind === 'groups') return header.valueTitle;
  return header.plotKind === 'scatter' ? (header.color?.title ?? '') : '';
}

function titled({ plot, widthPx, hasTitles }: PlotFrame, title: string): Pick<ColorLegend, 'title' | 'titlePlace'> {
  return {
    title: hasTitles ? fitText(title, plot.height) : '',
    titlePlace: { left: widthPx - TITLE_INSET_PX, top: plot.top + plot.height / 2 },
  };
}

/** The legend of counts from 1 to `maximum` on a logarithmic scale. */
function densityLegend(frame: PlotFrame, maximum: number, colors: Uint32Array): ColorLegend {
  const bar = legendBar(frame);
  return { bar, stops: legendStops(colors), ticks: legendTicks(bar, maximum), ...titled(frame, 'Rows') };
}

function legendBar({ plot }: PlotFrame): PixelRect {
  const height = Math.round(plot.height * BAR_SHARE);
  const top = plot.top + Math.round((plot.height - height) / 2);
  return { left: plot.left + plot.width + BAR_GAP_PX, top, width: BAR_WIDTH_PX, height };
}

function legendStops(colors: Uint32Array): ColorLegend['stops'] {
  return Array.from({ length: STOP_COUNT }, (_, index) => {
    const offset = index / (STOP_COUNT - 1);
    return { offset, color: cssFromPacked(colors[Math.round(offset * (colors.length - 1))] ?? 0) };
  });
}

function legendTicks(bar: PixelRect, maximum: number): ColorLegend['ticks'] {
  const at = (count: number) => {
    const level = maximum > 1 ? Math.log(count) / Math.log(maximum) : 1;
    return { pixel: bar.top + bar.height * (1 - level), label: siCount(count) };
  };
  const powers = Array.from({ length: Math.floor(Math.log10(Math.max(1, maximum))) + 1 }, (_, power) =>
    at(10 ** power),
  );
  const top = at(maximum);
  return [...powers.filter(({ pixel }) => pixel - top.pixel >= LABEL_STEP_PX), top];
}
