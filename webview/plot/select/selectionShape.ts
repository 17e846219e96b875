import type { PlotSelection } from '#common/plot/plotSelection';
import type { PixelRect, Pointer } from '../plotFrame.ts';
import type { AxisName } from '../view/plotWindow.ts';
import { lassoScales } from './makeSelection.ts';
import { selectAxis, type PixelSpan, type SelectSubject } from './selectAxis.ts';

/** A selection as it is drawn, in pixels of the whole surface and not cut off at the plot's edges. */
export type SelectionShape =
  | {
      readonly kind: 'rect';
      /** Around all of it. */
      readonly rect: PixelRect;
      /** Its stretches: several where categories between others are left out. */
      readonly parts: readonly PixelRect[];
      readonly axes: readonly AxisName[];
    }
  | { readonly kind: 'polygon'; readonly points: readonly Pointer[] };

/** Where a selection lies; null when the plot cannot show it. */
export function selectionShape(subject: SelectSubject, selection: PlotSelection): SelectionShape | null {
  if (selection.kind === 'polygon') {
    const scales = lassoScales(subject);
    if (!scales) return null;
    const points = selection.corners.map(([x, y]) => ({
      left: scales.x.pixelFromCorner(x),
      top: scales.y.pixelFromCorner(y),
    }));
    return { kind: 'polygon', points };
  }
  const { plot } = subject.frame;
  const axes = (['x', 'y'] as const).filter((name) => isBounded(selection[name]));
  const spansOf = (name: AxisName, whole: PixelSpan): readonly PixelSpan[] => {
    const part = selection[name];
    return axes.includes(name) && part ? (selectAxis(subject, name)?.spansOf(part) ?? []) : [whole];
  };
  const across = spansOf('x', [plot.left, plot.left + plot.width]);
  const up = spansOf('y', [plot.top, plot.top + plot.height]);
  const parts = across.flatMap((x) => up.map((y) => rectOf(x, y)));
  if (axes.length === 0 || parts.length === 0) return null;
  return { kind: 'rect', axes, parts, rect: rectOf(around(across), around(up)) };
}

function rectOf([left, right]: PixelSpan, [top, bottom]: PixelSpan): PixelRect {
  return { left, top, width: right - left, height: bottom - top };
}

function around(spans: readonly PixelSpan[]): PixelSpan {
  return [Math.min(...spans.map(([low]) => low)), Math.max(...spans.map(([, high]) => high))];
}

function isBounded(part: Extract<PlotSelection, { kind: 'ranges' }>['x']): boolean {
  return part !== undefined && part.kind !== 'placed';
}

/** What of a selection lies under a position: its inside, or the edges that can be moved there. */
export type SelectionHandle =
  | { readonly kind: 'inside' }
  | { readonly kind: 'edges'; readonly x: 'low' | 'high' | null; readonly y: 'low' | 'high' | null };

const EDGE_PX = 6;

/** The handle at a position; `low` is the left or the upper edge, in pixels. */
export function handleAt(shape: SelectionShape, { left, top }: Pointer): SelectionHandle | null {
  if (shape.kind === 'polygon') return isInside(shape.points, left, top) ? { kind: 'inside' } : null;
  const { rect, axes, parts } = shape;
  // What has gaps is changed category by category.
  if (parts.length > 1) return null;
  const [right, bottom] = [rect.left + rect.width, rect.top + rect.height];
  if (left < rect.left - EDGE_PX || left > right + EDGE_PX) return null;
  if (top < rect.top - EDGE_PX || top > bottom + EDGE_PX) return null;
  const x = axes.includes('x') ? edgeNear(left, rect.left, right) : null;
  const y = axes.includes('y') ? edgeNear(top, rect.top, bottom) : null;
  if (x !== null || y !== null) return { kind: 'edges', x, y };
  return left >= rect.left && left <= right && top >= rect.top && top <= bottom ? { kind: 'inside' } : null;
}

/** The mouse pointer over a handle. */
export function cursorOf(handle: SelectionHandle): string {
  if (handle.kind === 'inside') return 'move';
  const { x, y } = handle;
  if (x !== null && y !== null) return x === y ? 'nwse-resize' : 'nesw-resize';
  return x === null ? 'ns-resize' : 'ew-resize';
}

function edgeNear(at: number, low: number, high: number): 'low' | 'high' | null {
  const [toLow, toHigh] = [Math.abs(at - low), Math.abs(at - high)];
  if (Math.min(toLow, toHigh) > EDGE_PX) return null;
  return toLow < toHigh ? 'low' : 'high';
}

function isInside(points: readonly Pointer[], left: number, top: number): boolean {
  let inside = false;
  points.forEach((one, index) => {
    const other = points[(index + 1) % points.length] ?? one;
    const isCrossed = one.top > top !== other.top > top;
    const share = (top - one.top) / (other.top - one.top);
    if (isCrossed && left < one.left + share * (other.left - one.left)) inside = !inside;
  });
  return inside;
}
