import type { PlotHeader } from '#common/plot/plotData';
import type { PixelRect, PlotFrame, Pointer } from '../plotFrame.ts';
import { cutRange, panRange, zoomRange, type AxisName, type PlotLimits, type PlotWindow } from './plotWindow.ts';

/** What lies under the pointer: the plot itself or one of its axes. */
export type Region = 'plot' | AxisName;

/** A step of the wheel: how much more is shown, and how far the view moves sideways. */
export interface WheelStep {
  readonly factor: number;
  readonly sidewaysPx: number;
}

const LINE_PX = 16;
const PAGE_PX = 400;
const DELTA_PX = [1, LINE_PX, PAGE_PX] as const;
const WHEEL_RATE = 0.002;
/** Trackpads report a pinch as a wheel with Ctrl and small steps. */
const PINCH_RATE = 0.01;
const MOST_WHEEL = 1;

/** What a turn of the wheel, a pinch or a sideways swipe means. */
export function wheelStep(event: Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey'>): WheelStep {
  const unitPx = DELTA_PX[event.deltaMode] ?? 1;
  const [acrossPx, downPx] = [event.deltaX * unitPx, event.deltaY * unitPx];
  if (Math.abs(acrossPx) > Math.abs(downPx)) return { factor: 1, sidewaysPx: acrossPx };
  const turn = downPx * (event.ctrlKey ? PINCH_RATE : WHEEL_RATE);
  return { factor: Math.exp(Math.min(MOST_WHEEL, Math.max(-MOST_WHEEL, turn))), sidewaysPx: 0 };
}

/** What lies at a position; null beside the plot and its axes. */
export function regionAt({ plot }: PlotFrame, { left, top }: Pointer): Region | null {
  const isAcross = left >= plot.left && left < plot.left + plot.width;
  const isAlong = top >= plot.top && top < plot.top + plot.height;
  if (isAcross && isAlong) return 'plot';
  if (isAcross && top >= plot.top + plot.height) return 'x';
  return isAlong && left < plot.left ? 'y' : null;
}

/** The axes that the wheel zooms over a region: both of a scatter, the horizontal one of other plots. */
export function wheelAxes(header: PlotHeader, region: Region): readonly AxisName[] {
  if (region !== 'plot') return [region];
  if (header.plotKind === 'groups' && header.shape !== 'heat') return [header.place];
  return header.plotKind === 'scatter' || header.plotKind === 'groups' ? ['x', 'y'] : ['x'];
}

/** The axes that a drag moves or cuts over a region. */
export function dragAxes(region: Region): readonly AxisName[] {
  return region === 'plot' ? ['x', 'y'] : [region];
}

/** Zooms some axes about a position. */
export function zoomAt(
  window: PlotWindow,
  limits: PlotLimits,
  axes: readonly AxisName[],
  at: Shares,
  factor: number,
): PlotWindow {
  return changed(window, limits, axes, (axis, range, limit) => zoomRange(range, limit, at[axis], factor));
}

/** Moves some axes by shares of what they show. */
export function panBy(window: PlotWindow, limits: PlotLimits, axes: readonly AxisName[], by: Shares): PlotWindow {
  return changed(window, limits, axes, (axis, range, limit) => panRange(range, limit, by[axis]));
}

/** Narrows some axes to the part between two positions. */
export function cutTo(
  window: PlotWindow,
  limits: PlotLimits,
  axes: readonly AxisName[],
  from: Shares,
  to: Shares,
): PlotWindow {
  return changed(window, limits, axes, (axis, range, limit) => cutRange(range, limit, from[axis], to[axis]));
}

/** Shows all of some axes. */
export function resetAxes(window: PlotWindow, axes: readonly AxisName[]): PlotWindow {
  return { x: axes.includes('x') ? null : window.x, y: axes.includes('y') ? null : window.y };
}

/** A position or a distance as shares of both axes, right and up. */
export type Shares = Readonly<Record<AxisName, number>>;

/** Where a position lies on both axes, 0 at their low ends. */
export function sharesAt({ data }: PlotFrame, { left, top }: Pointer): Shares {
  return { x: (left - data.left) / data.width, y: (data.top + data.height - top) / data.height };
}

/** The rectangle between two positions inside the plot; a drag along one axis takes all of the other. */
export function boxBetween({ plot }: PlotFrame, region: Region, one: Pointer, other: Pointer): PixelRect {
  const across = region === 'y' ? [plot.left, plot.left + plot.width] : [one.left, other.left];
  const along = region === 'x' ? [plot.top, plot.top + plot.height] : [one.top, other.top];
  const [left = 0, right = 0] = inside(across, plot.left, plot.left + plot.width);
  const [top = 0, bottom = 0] = inside(along, plot.top, plot.top + plot.height);
  return { left, top, width: right - left, height: bottom - top };
}

function inside(ends: readonly number[], low: number, high: number): readonly number[] {
  return ends.map((end) => Math.min(high, Math.max(low, end))).sort((one, other) => one - other);
}

type RangeChange = (axis: AxisName, range: PlotWindow['x'], limit: NonNullable<PlotLimits['x']>) => PlotWindow['x'];

function changed(window: PlotWindow, limits: PlotLimits, axes: readonly AxisName[], change: RangeChange): PlotWindow {
  const rangeOf = (axis: AxisName) => {
    const limit = limits[axis];
    return limit && axes.includes(axis) ? change(axis, window[axis], limit) : window[axis];
  };
  return { x: rangeOf('x'), y: rangeOf('y') };
}
