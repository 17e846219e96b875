import type { GroupAxis, PlotHeader } from '#common/plot/plotData';
import { categoryLabel, type PlotFrame } from '../plotFrame.ts';
import { FULL_BAR_SHARE } from '../plotScene.ts';
import { WHOLE_PLOT, type AxisName, type PlotWindow } from '../view/plotWindow.ts';
import { groupAxisPixels } from '../groups/groupAxes.ts';
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
  if (header.plotKind === 'groups') return groupTicks(header.x, 'x', frame, window);
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
  if (header.plotKind === 'groups') return groupTicks(header.y, 'y', frame, window);
  if (maximum === null || maximum === 0) return [];
  const { top, height } = frame.plot;
  const scale = linearScale([0, maximum / FULL_BAR_SHARE], [top + height, top]);
  return verticalTicks(scale, height).filter(({ label }) => !label.includes('.') || maximum >= 1000);
}

function groupTicks(axis: GroupAxis, name: AxisName, { plot }: PlotFrame, window: PlotWindow): readonly AxisTick[] {
  const lengthPx = name === 'x' ? plot.width : plot.height;
  const pixels = groupAxisPixels(axis, name, lengthPx, window);
  const onSurface = (tick: AxisTick): AxisTick =>
    name === 'x' ? { ...tick, pixel: plot.left + tick.pixel } : { ...tick, pixel: plot.top + lengthPx - tick.pixel };
  if (pixels.scale) return (name === 'x' ? horizontalTicks : verticalTicks)(pixels.scale, lengthPx).map(onSurface);
  if (axis.kind !== 'nominal') return [];
  const every = Math.max(1, Math.ceil(CATEGORY_LABEL_STEP_PX / (lengthPx / Math.max(1, axis.categories.length))));
  return axis.categories.map((category, index) => {
    const [from, to] = pixels.span(index);
    return onSurface({ pixel: (from + to) / 2, label: index % every === 0 ? groupLabel(axis, category) : '' });
  });
}

/** A box of all rows stands over no category. */
function groupLabel({ field }: GroupAxis, category: string | null): string {
  return field === '' ? '' : categoryLabel(category);
}

function titleOf(axis: PlotHeader['x'] | PlotHeader['y']): string {
  return axis.title || (axis.kind === 'count' ? 'rows' : axis.field);
}
