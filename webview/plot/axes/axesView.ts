import type { PlotHeader } from '#common/plot/plotData';
import { categoryLabel, type PlotFrame } from '../plotFrame.ts';
import { FULL_BAR_SHARE } from '../plotScene.ts';
import { WHOLE_PLOT, type PlotWindow } from '../view/plotWindow.ts';
import { linearScale } from './axisScale.ts';
import { horizontalTicks, verticalTicks, type AxisTick } from './axisTicks.ts';
import { xScale, yScale } from './plotScales.ts';

/** What the axes of a plot show, in CSS pixels of the whole surface. */
export interface AxesView {
  readonly x: readonly AxisTick[];
  readonly y: readonly AxisTick[];
  readonly xTitle: string;
  readonly yTitle: string;
}

const CATEGORY_LABEL_STEP_PX = 13;

/** Ticks and titles of what a window shows; the count axis has no ticks before the largest count is known. */
export function axesView(header: PlotHeader, frame: PlotFrame, maximum: number | null, window = WHOLE_PLOT): AxesView {
  return {
    x: xTicks(header, frame, window),
    y: yTicks(header, frame, maximum, window),
    xTitle: titleOf(header.x),
    yTitle: titleOf(header.y),
  };
}

function xTicks(header: PlotHeader, frame: PlotFrame, window: PlotWindow): readonly AxisTick[] {
  const { left, width } = frame.data;
  if (header.plotKind !== 'bars') return horizontalTicks(xScale(header, [left, left + width], window), width);
  const step = frame.plot.width / Math.max(1, header.x.categories.length);
  const every = Math.max(1, Math.ceil(CATEGORY_LABEL_STEP_PX / step));
  return header.x.categories.map((category, index) => ({
    pixel: frame.plot.left + (index + 0.5) * step,
    label: index % every === 0 ? categoryLabel(category) : '',
  }));
}

function yTicks(header: PlotHeader, frame: PlotFrame, maximum: number | null, window: PlotWindow): readonly AxisTick[] {
  if (header.plotKind === 'scatter' || header.plotKind === 'line') {
    const { data } = frame;
    return verticalTicks(yScale(header.y, [data.top + data.height, data.top], window), data.height);
  }
  if (maximum === null || maximum === 0) return [];
  const { top, height } = frame.plot;
  const scale = linearScale([0, maximum / FULL_BAR_SHARE], [top + height, top]);
  return verticalTicks(scale, height).filter(({ label }) => !label.includes('.') || maximum >= 1000);
}

function titleOf(axis: PlotHeader['x'] | PlotHeader['y']): string {
  return axis.title || (axis.kind === 'count' ? 'rows' : axis.field);
}
