import { codedOf, valueOfCoded } from '#common/plot/scaleCoding';
import type { ContinuousAxis, PlotHeader } from '#common/plot/plotData';
import type { AxisSelection, Corner, PlotSelection } from '#common/plot/plotSelection';
import { xScale, yScale } from '../axes/plotScales.ts';
import type { AxisScale } from '../axes/axisScale.ts';
import type { Pointer } from '../plotFrame.ts';
import type { AxisName } from '../view/plotWindow.ts';
import { niceBound } from './niceBound.ts';
import { selectAxis, type SelectSubject } from './selectAxis.ts';
import { simplifyPath } from './simplifyPath.ts';

/** What lies between two positions along some axes; null where there is nothing to select. */
export function rangeSelection(
  subject: SelectSubject,
  axes: readonly AxisName[],
  from: Pointer,
  to: Pointer,
): PlotSelection | null {
  const parts: { x?: AxisSelection; y?: AxisSelection } = {};
  for (const name of axes) {
    const [one, other] = name === 'x' ? [from.left, to.left] : [from.top, to.top];
    const part = selectAxis(subject, name)?.between(one, other);
    if (!part) return null;
    parts[name] = part;
  }
  return withPlaced({ kind: 'ranges', ...parts }, subject.header);
}

/** Rows that have no place on the other axis are not drawn, so that they are not selected either. */
function withPlaced(selection: Extract<PlotSelection, { kind: 'ranges' }>, header: PlotHeader): PlotSelection {
  if (header.plotKind !== 'scatter' && header.plotKind !== 'line') return selection;
  const placed = (name: AxisName) => {
    const { nullCount, infiniteCount } = header[name];
    return selection[name] === undefined && nullCount + infiniteCount > 0 ? { [name]: { kind: 'placed' } } : {};
  };
  return { ...selection, ...placed('x'), ...placed('y') };
}

/** The scales of a plot of two values, in pixels of the whole surface; null for other plots. */
export function lassoScales({ header, frame, part }: SelectSubject): LassoScales | null {
  if (header.plotKind !== 'scatter' && header.plotKind !== 'line') return null;
  const { left, top, width, height } = frame.data;
  return {
    x: cornerScale(header.x, xScale(header, [left, left + width], part.window)),
    y: cornerScale(header.y, yScale(header.y, [top + height, top], part.window)),
  };
}

/** Where corners lie, and back. */
export interface LassoScales {
  readonly x: CornerScale;
  readonly y: CornerScale;
}

interface CornerScale {
  cornerFromPixel(pixel: number): number;
  pixelFromCorner(corner: number): number;
}

/** The polygon of a path that was drawn; null when it is no area. */
export function lassoSelection(subject: SelectSubject, path: readonly Pointer[]): PlotSelection | null {
  const scales = lassoScales(subject);
  const points = simplifyPath(path);
  if (!scales || points.length < 3) return null;
  const corners = points.map(({ left, top }): Corner => [
    scales.x.cornerFromPixel(left),
    scales.y.cornerFromPixel(top),
  ]);
  return { kind: 'polygon', corners };
}

const LOG_DIGITS = 1e4;
/** Coded units are plain numbers, whatever they were made from. */
const CODED = { kind: 'quantitative', type: 'DOUBLE' } as const;

function cornerScale(axis: ContinuousAxis, scale: AxisScale): CornerScale {
  if (axis.scale === 'log') {
    return {
      cornerFromPixel: (pixel) => Math.round(Math.log10(scale.dataFromPixel(pixel)) * LOG_DIGITS) / LOG_DIGITS,
      pixelFromCorner: (corner) => scale.pixelFromData(10 ** corner),
    };
  }
  if (axis.scale === 'symlog' || axis.scale === 'sqrt') {
    const codedAt = (pixel: number) => codedOf(scale.dataFromPixel(pixel), axis.scale);
    return {
      cornerFromPixel: (pixel) =>
        niceBound(codedAt(pixel), Math.abs(codedAt(pixel + 0.5) - codedAt(pixel - 0.5)), CODED),
      pixelFromCorner: (corner) => scale.pixelFromData(valueOfCoded(corner, axis.scale)),
    };
  }
  return {
    cornerFromPixel: (pixel) => {
      const perPixel = Math.abs(scale.dataFromPixel(pixel + 0.5) - scale.dataFromPixel(pixel - 0.5));
      return niceBound(scale.dataFromPixel(pixel), perPixel, axis);
    },
    pixelFromCorner: (corner) => scale.pixelFromData(corner),
  };
}
