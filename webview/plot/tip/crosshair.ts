import type { GroupAxis, PlotHeader } from '#common/plot/plotData';
import type { AxisScale } from '../axes/axisScale.ts';
import { formatValue } from '../axes/formatValue.ts';
import { xScale, yScale } from '../axes/plotScales.ts';
import { groupAxisPixels } from '../groups/groupAxes.ts';
import type { Pointer } from '../plotFrame.ts';
import type { SelectSubject } from '../select/selectAxis.ts';
import type { AxisName } from '../view/plotWindow.ts';

/** Lines through a position, with the values of both axes there; null for an axis without values. */
export interface Crosshair extends Pointer {
  readonly x: string | null;
  readonly y: string | null;
}

/** The crosshair at a position inside the plot; null beside it, and where no axis has values to tell. */
export function crosshairAt(subject: SelectSubject, { left, top }: Pointer): Crosshair | null {
  const { plot } = subject.frame;
  const isInside =
    left >= plot.left && left <= plot.left + plot.width && top >= plot.top && top <= plot.top + plot.height;
  if (!isInside) return null;
  const [x, y] = [axisText(subject, 'x', left - plot.left), axisText(subject, 'y', plot.top + plot.height - top)];
  return x === null && y === null ? null : { left, top, x, y };
}

/** @param at Pixels from the low end of the plot. */
function axisText({ header, frame, part }: SelectSubject, name: AxisName, at: number): string | null {
  const { plot, data } = frame;
  const axis = header[name];
  if (axis.kind === 'nominal' || axis.kind === 'count') return null;
  const range: readonly [number, number] =
    name === 'x'
      ? [data.left - plot.left, data.left - plot.left + data.width]
      : [plot.top + plot.height - data.top - data.height, plot.top + plot.height - data.top];
  const scale = scaleOf(header, axis, name, range, part.window);
  if (!scale) return null;
  const value = scale.dataFromPixel(at);
  const perPixel = Math.abs(scale.dataFromPixel(at + 1) - value);
  return Number.isFinite(value) ? formatValue(value, axis, perPixel) : null;
}

function scaleOf(
  header: PlotHeader,
  axis: Exclude<GroupAxis, { kind: 'nominal' }>,
  name: AxisName,
  range: readonly [number, number],
  window: SelectSubject['part']['window'],
): AxisScale | null {
  if (header.plotKind === 'groups') return groupAxisPixels(axis, name, range[1] - range[0], window).scale;
  if (header.plotKind === 'bars') return null;
  return name === 'x' ? xScale(header, range, window) : yScale(axis, range, window);
}
