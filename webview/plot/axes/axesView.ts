import type { CategoryAxis, GroupAxis, PlotHeader } from '#common/plot/plotData';
import { categoryLabel, type PlotFrame } from '../plotFrame.ts';
import { FULL_BAR_SHARE } from '../plotScene.ts';
import { categorySpans, WHOLE_PLOT, type AxisName, type PlotWindow } from '../view/plotWindow.ts';
import { groupAxisPixels } from '../groups/groupAxes.ts';
import { linearScale } from './axisScale.ts';
import { horizontalTicks, verticalTicks, type AxisTick, type AxisTicks } from './axisTicks.ts';
import { xScale, yScale } from './plotScales.ts';
import { fitNames, fitText, textWidthPx } from './textWidth.ts';

/** What the axes of a plot show, in CSS pixels of the whole surface. */
export interface AxesView {
  readonly x: readonly AxisTick[];
  readonly y: readonly AxisTick[];
  readonly xTitle: string;
  readonly yTitle: string;
  /** Whether lines through the vertical axis's ticks help to read values. */
  readonly hasGrid: boolean;
}

/** Room that a category's label takes across its text, beside each other and turned. */
const CATEGORY_STEP_PX = { level: 13, turned: 16 } as const;
const TITLE_MARGIN_PX = 6;

/** Ticks and titles of what a window shows; the count axis has no ticks before the largest count is known. */
export function axesView(header: PlotHeader, frame: PlotFrame, maximum: number | null, window = WHOLE_PLOT): AxesView {
  const [x, y] = [xTicks(header, frame, window), yTicks(header, frame, maximum, window)];
  const { plot, widthPx, heightPx } = frame;
  return {
    x: x.ticks,
    y: y.ticks,
    xTitle: fittedTitle(titleOf(header.x, x), plot.left + plot.width / 2, widthPx),
    yTitle: fittedTitle(titleOf(header.y, y), plot.top + plot.height / 2, heightPx),
    hasGrid: header.y.kind !== 'nominal',
  };
}

/** The middle of a text that stands at a position and stays inside the surface. */
export function insidePx(text: string, pixel: number, surfacePx: number): number {
  const half = textWidthPx(text) / 2 + 1;
  return Math.max(half, Math.min(surfacePx - half, pixel));
}

/** A title that is centred at a position and stays inside the surface. */
function fittedTitle(title: string, middlePx: number, surfacePx: number): string {
  return fitText(title, 2 * (Math.min(middlePx, surfacePx - middlePx) - TITLE_MARGIN_PX));
}

function xTicks(header: PlotHeader, frame: PlotFrame, window: PlotWindow): AxisTicks {
  const { left, width } = frame.data;
  if (header.plotKind === 'groups') return groupTicks(header.x, 'x', frame, window);
  if (header.plotKind !== 'bars') return horizontalTicks(xScale(header, [left, left + width], window), width);
  const spans = categorySpans(header.x.categories.length, width, window.x);
  const ticks = categoryTicks(header.x, spans, width, labelsBelow(frame));
  return { ticks: ticks.map((tick) => ({ ...tick, pixel: left + tick.pixel })), base: '' };
}

/** Room of the labels of categories. */
interface CategoryLabels {
  readonly stepPx: number;
  readonly labelPx: number;
}

function labelsBelow({ categoryAngle, labelPx }: PlotFrame): CategoryLabels {
  return { stepPx: categoryAngle === 0 ? CATEGORY_STEP_PX.level : CATEGORY_STEP_PX.turned, labelPx: labelPx.x };
}

/** A tick in the middle of each category that is shown, with as many labels as there is room for. */
function categoryTicks(
  axis: CategoryAxis,
  spans: readonly (readonly [number, number])[],
  lengthPx: number,
  { stepPx, labelPx }: CategoryLabels,
): readonly AxisTick[] {
  const [from = 0, to = lengthPx] = spans[0] ?? [];
  const every = Math.max(1, Math.ceil(stepPx / (to - from)));
  const labels = fitNames(
    axis.categories.map((category) => groupLabel(axis, category)),
    labelPx,
  );
  return labels.flatMap((label, index) => {
    const [start, end] = spans[index] ?? [0, 0];
    const pixel = (start + end) / 2;
    if (pixel < 0 || pixel > lengthPx) return [];
    return [{ pixel, label: index % every === 0 ? label : '' }];
  });
}

function yTicks(header: PlotHeader, frame: PlotFrame, maximum: number | null, window: PlotWindow): AxisTicks {
  if (header.plotKind === 'scatter' || header.plotKind === 'line') {
    const { data } = frame;
    return verticalTicks(yScale(header.y, [data.top + data.height, data.top], window), data.height, frame.labelPx.y);
  }
  if (header.plotKind === 'groups') return groupTicks(header.y, 'y', frame, window);
  if (maximum === null || maximum === 0) return { ticks: [], base: '' };
  const { top, height } = frame.plot;
  const scale = linearScale([0, maximum / FULL_BAR_SHARE], [top + height, top]);
  const { ticks, base } = verticalTicks(scale, height, frame.labelPx.y);
  // A count has no parts.
  const isWhole = ({ pixel }: AxisTick) =>
    maximum >= 1000 || Number.isInteger(Number(scale.dataFromPixel(pixel).toFixed(6)));
  return { ticks: ticks.filter(isWhole), base };
}

function groupTicks(axis: GroupAxis, name: AxisName, frame: PlotFrame, window: PlotWindow): AxisTicks {
  const { plot } = frame;
  const lengthPx = name === 'x' ? plot.width : plot.height;
  const pixels = groupAxisPixels(axis, name, lengthPx, window);
  const onSurface = (tick: AxisTick): AxisTick =>
    name === 'x' ? { ...tick, pixel: plot.left + tick.pixel } : { ...tick, pixel: plot.top + lengthPx - tick.pixel };
  if (pixels.scale) {
    const { ticks, base } =
      name === 'x' ? horizontalTicks(pixels.scale, lengthPx) : verticalTicks(pixels.scale, lengthPx, frame.labelPx.y);
    return { ticks: ticks.map(onSurface), base };
  }
  if (axis.kind !== 'nominal') return { ticks: [], base: '' };
  const spans = axis.categories.map((_, index) => pixels.span(index));
  const room = name === 'x' ? labelsBelow(frame) : { stepPx: CATEGORY_STEP_PX.level, labelPx: frame.labelPx.y };
  return { ticks: categoryTicks(axis, spans, lengthPx, room).map(onSurface), base: '' };
}

/** A box of all rows stands over no category. */
function groupLabel({ field }: GroupAxis, category: string | null): string {
  return field === '' ? '' : categoryLabel(category);
}

function titleOf(axis: PlotHeader['x'] | PlotHeader['y'], { base }: AxisTicks): string {
  const title = axis.title || (axis.kind === 'count' ? 'rows' : axis.field);
  return base === '' ? title : `${title} (from ${base})`;
}
