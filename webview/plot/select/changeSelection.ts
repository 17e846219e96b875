import type { PlotSelection } from '#common/plot/plotSelection';
import type { Pointer } from '../plotFrame.ts';
import type { AxisName } from '../view/plotWindow.ts';
import { lassoScales } from './makeSelection.ts';
import { selectAxis, type SelectSubject } from './selectAxis.ts';
import type { SelectionHandle, SelectionShape } from './selectionShape.ts';

type Ranges = Extract<PlotSelection, { kind: 'ranges' }>;

/** A selection moved by a distance. */
export function movedSelection(subject: SelectSubject, selection: PlotSelection, by: Pointer): PlotSelection {
  if (selection.kind === 'polygon') return movedPolygon(subject, selection, by);
  return changedRanges(selection, (name, part) =>
    part.kind === 'placed' ? part : (selectAxis(subject, name)?.moved(part, name === 'x' ? by.left : by.top) ?? part),
  );
}

function movedPolygon(
  subject: SelectSubject,
  selection: Extract<PlotSelection, { kind: 'polygon' }>,
  by: Pointer,
): PlotSelection {
  const scales = lassoScales(subject);
  if (!scales) return selection;
  const { x, y } = scales;
  const corners = selection.corners.map(
    ([across, up]) =>
      [
        x.cornerFromPixel(x.pixelFromCorner(across) + by.left),
        y.cornerFromPixel(y.pixelFromCorner(up) + by.top),
      ] as const,
  );
  return { kind: 'polygon', corners };
}

/** A selection whose edges under a handle go to a position. */
export function resizedSelection(
  subject: SelectSubject,
  selection: PlotSelection,
  shape: SelectionShape,
  handle: Extract<SelectionHandle, { kind: 'edges' }>,
  to: Pointer,
): PlotSelection {
  if (selection.kind === 'polygon' || shape.kind === 'polygon') return selection;
  const { left, top, width, height } = shape.rect;
  return changedRanges(selection, (name, part) => {
    const edge = handle[name];
    if (edge === null || part.kind === 'placed') return part;
    const [low, high, at] = name === 'x' ? [left, left + width, to.left] : [top, top + height, to.top];
    return selectAxis(subject, name)?.resized(part, edge === 'low' ? high : low, at) ?? part;
  });
}

function changedRanges(
  selection: Ranges,
  change: (name: AxisName, part: NonNullable<Ranges['x']>) => NonNullable<Ranges['x']>,
): Ranges {
  return {
    kind: 'ranges',
    ...(selection.x && { x: change('x', selection.x) }),
    ...(selection.y && { y: change('y', selection.y) }),
  };
}
