import type { CategoryAxis, GroupAxis, PlotHeader } from '#common/plot/plotData';
import { categoryLabel, type PlotFrame } from '../plotFrame.ts';
import { FULL_BAR_SHARE } from '../plotScene.ts';
import { categorySpans, WHOLE_PLOT, type AxisName, type PlotWindow } from '../view/plotWindow.ts';
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
  const spans = categorySpans(header.x.categories.length, width, window.x);
  return categoryTicks(header.x, spans, width).map((tick) => ({ ...tick, pixel: left + tick.pixel }));
}

/** A tick in the middle of each category that is shown, with as many labels as there is room for. */
function categoryTicks(
  axis: CategoryAxis,
  spans: readonly (readonly [number, number])[],
  lengthPx: number,
): readonly AxisTick[] {
  const [from = 0, to = lengthPx] = spans[0] ?? [];
  const every = Math.max(1, Math.ceil(CATEGORY_LABEL_STEP_PX / (to - from)));
  return axis.categories.flatMap((category, index) => {
    const [start, end] = spans[index] ?? [0, 0];
    const pixel = (start + end) / 2;
    if (pixel < 0 || pixel > lengthPx) return [];
    return [{ pixel, label: index % every === 0 ? groupLabel(axis, category) : '' }];
  });
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
  return categoryTicks(
    axis,
    axis.categories.map((_, index) => pixels.span(index)),
    lengthPx,
  ).map(onSurface);
}

/** A box of all rows stands over no category. */
function groupLabel({ field }: GroupAxis, category: string | null): string {
  return field === '' ? '' : categoryLabel(category);
}

function titleOf(axis: PlotHeader['x'] | PlotHeader['y']): string {
  return axis.title || (axis.kind === 'count' ? 'rows' : axis.field);
}
