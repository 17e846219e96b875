import type { ContinuousAxis, PlotHeader } from '#common/plot/plotData';
import { categoryLabel, type PlotFrame } from '../plotFrame.ts';
import { FULL_BAR_SHARE } from '../plotScene.ts';
import { axisScale, linearScale, type AxisScale, type PixelRange } from './axisScale.ts';
import { horizontalTicks, verticalTicks, type AxisTick } from './axisTicks.ts';

/** What the axes of a plot show, in CSS pixels of the whole surface. */
export interface AxesView {
  readonly x: readonly AxisTick[];
  readonly y: readonly AxisTick[];
  readonly xTitle: string;
  readonly yTitle: string;
}

const CATEGORY_LABEL_STEP_PX = 13;

/** Ticks and titles; the count axis has no ticks before the largest count is known. */
export function axesView(header: PlotHeader, frame: PlotFrame, maximum: number | null): AxesView {
  return {
    x: xTicks(header, frame),
    y: yTicks(header, frame, maximum),
    xTitle: titleOf(header.x),
    yTitle: titleOf(header.y),
  };
}

/** The horizontal scale of a plot over a number or a time. */
export function xScale(header: Exclude<PlotHeader, { plotKind: 'bars' }>, frame: PlotFrame): AxisScale {
  const { data } = frame;
  const range: PixelRange = [data.left, data.left + data.width];
  if (header.plotKind !== 'histogram') return axisScale(header.x, range);
  return axisScale(header.x, range, [header.edges[0] ?? 0, header.edges.at(-1) ?? 0]);
}

/** The vertical scale of a plot of two values. */
export function yScale(axis: ContinuousAxis, { data }: PlotFrame): AxisScale {
  return axisScale(axis, [data.top + data.height, data.top]);
}

function xTicks(header: PlotHeader, frame: PlotFrame): readonly AxisTick[] {
  if (header.plotKind !== 'bars') return horizontalTicks(xScale(header, frame), frame.data.width);
  const step = frame.plot.width / Math.max(1, header.x.categories.length);
  const every = Math.max(1, Math.ceil(CATEGORY_LABEL_STEP_PX / step));
  return header.x.categories.map((category, index) => ({
    pixel: frame.plot.left + (index + 0.5) * step,
    label: index % every === 0 ? categoryLabel(category) : '',
  }));
}

function yTicks(header: PlotHeader, frame: PlotFrame, maximum: number | null): readonly AxisTick[] {
  if (header.plotKind === 'scatter' || header.plotKind === 'line') {
    return verticalTicks(yScale(header.y, frame), frame.data.height);
  }
  if (maximum === null || maximum === 0) return [];
  const { top, height } = frame.plot;
  const scale = linearScale([0, maximum / FULL_BAR_SHARE], [top + height, top]);
  return verticalTicks(scale, height).filter(({ label }) => !label.includes('.') || maximum >= 1000);
}

function titleOf(axis: PlotHeader['x'] | PlotHeader['y']): string {
  return axis.title || (axis.kind === 'count' ? 'rows' : axis.field);
}
