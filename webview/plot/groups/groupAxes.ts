import type { GroupAxis, GroupsHeader } from '#common/plot/plotData';
import { axisScale, type AxisScale } from '../axes/axisScale.ts';
import { categorySpans, type AxisName, type PlotWindow } from '../view/plotWindow.ts';
import { shownDomain } from '../view/windowBins.ts';

/** Where the places and values of one axis of groups lie, in pixels along it from the left or the bottom. */
export interface GroupAxisPixels {
  /** Null for categories. */
  readonly scale: AxisScale | null;
  /** The stretch of a place: a category's share of the axis, a bin, or a single position. */
  span(at: number, end?: number): readonly [number, number];
}

/** The positions of an axis that is `lengthPx` long; categories of a vertical one go from the top. */
export function groupAxisPixels(
  axis: GroupAxis,
  name: AxisName,
  lengthPx: number,
  window: PlotWindow,
): GroupAxisPixels {
  if (axis.kind === 'nominal') {
    const count = Math.max(1, axis.categories.length);
    const spans = categorySpans(count, lengthPx, window[name]);
    const spanOf = (at: number) => spans[name === 'x' ? at : count - 1 - at] ?? ([0, 0] as const);
    return { scale: null, span: spanOf };
  }
  const range = window[name];
  const scale = axisScale(axis, [0, lengthPx], range ? shownDomain(axis, range) : axis.domain);
  const pixel = (value: number) => scale.pixelFromData(value);
  return { scale, span: (at, end = at) => [pixel(at), pixel(end)] };
}

/** The axis that shows values. */
export function valueAxisName({ place }: Pick<GroupsHeader, 'place'>): AxisName {
  return place === 'x' ? 'y' : 'x';
}
