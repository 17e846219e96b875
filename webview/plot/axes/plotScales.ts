import type { ContinuousAxis, PlotHeader } from '#common/plot/plotData';
import { shownDomain } from '../view/windowBins.ts';
import type { PlotWindow } from '../view/plotWindow.ts';
import { axisScale, type AxisScale, type PixelRange } from './axisScale.ts';

/** The horizontal scale of what a window shows of a plot over a number or a time. */
export function xScale(
  header: Exclude<PlotHeader, { plotKind: 'bars' | 'groups' }>,
  range: PixelRange,
  { x }: PlotWindow,
): AxisScale {
  if (x) return axisScale(header.x, range, shownDomain(header.x, x));
  if (header.plotKind !== 'histogram') return axisScale(header.x, range);
  return axisScale(header.x, range, [header.edges[0] ?? 0, header.edges.at(-1) ?? 0]);
}

/** The vertical scale of what a window shows of a plot of two values. */
export function yScale(axis: ContinuousAxis, range: PixelRange, { y }: PlotWindow): AxisScale {
  return y ? axisScale(axis, range, shownDomain(axis, y)) : axisScale(axis, range);
}
