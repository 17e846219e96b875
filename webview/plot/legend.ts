import { format } from 'd3-format';
import { valueOf } from '#common/plot/fixedPoint';
import type { PlotHeader } from '#common/plot/plotData';
import { axisScale, linearScale, type AxisScale } from './axes/axisScale.ts';
import { formatTicks } from './axes/formatTick.ts';
import { numberOfWord, type CellColors } from './cellCounts.ts';
import { cellValueOf } from './cellPlan.ts';
import { cssFromPacked } from './plotColors.ts';
import type { PixelRect, PlotFrame } from './plotFrame.ts';
import type { PlotMarks } from './plotPlan.ts';

/** The colour bar beside a density: stops from bottom to top and labelled counts. */
export interface DensityLegend {
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
const siCount = format('.3~s');

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
): DensityLegend | null {
  const scale = cellScale(header, facts) ?? colorScale(header);
  if (scale) return valueLegend(frame, scale, colors);
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
function valueLegend(frame: PlotFrame, scale: AxisScale, colors: Uint32Array): DensityLegend {
  const bar = legendBar(frame);
  const values = scale.ticks(LEGEND_TICKS);
  const labels = formatTicks(scale, values);
  const ticks = values.map((value, index) => ({
    pixel: bar.top + bar.height * (1 - scale.pixelFromData(value)),
    label: labels[index] ?? '',
  }));
  return { bar, stops: legendStops(colors), ticks };
}

/** The legend of counts from 1 to `maximum` on a logarithmic scale. */
function densityLegend(frame: PlotFrame, maximum: number, colors: Uint32Array): DensityLegend {
  const bar = legendBar(frame);
  return { bar, stops: legendStops(colors), ticks: legendTicks(bar, maximum) };
}

function legendBar({ plot }: PlotFrame): PixelRect {
  const height = Math.round(plot.height * BAR_SHARE);
  const top = plot.top + Math.round((plot.height - height) / 2);
  return { left: plot.left + plot.width + BAR_GAP_PX, top, width: BAR_WIDTH_PX, height };
}

function legendStops(colors: Uint32Array): DensityLegend['stops'] {
  return Array.from({ length: STOP_COUNT }, (_, index) => {
    const offset = index / (STOP_COUNT - 1);
    return { offset, color: cssFromPacked(colors[Math.round(offset * (colors.length - 1))] ?? 0) };
  });
}

function legendTicks(bar: PixelRect, maximum: number): DensityLegend['ticks'] {
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
