import type { PlotSelection } from '#common/plot/plotSelection';
import { shallowRef, type ShallowRef } from 'vue';
import type { Pointer } from '../plotFrame.ts';
import { pointerIn } from '../pointerIn.ts';
import { regionAt } from '../view/gestures.ts';
import type { AxisName } from '../view/plotWindow.ts';
import { movedSelection, resizedSelection } from './changeSelection.ts';
import { lassoSelection, rangeSelection } from './makeSelection.ts';
import { defaultTool, toolAxes, toolsOf, type PlotTool } from './plotTools.ts';
import { selectableAxes, selectAxis, type SelectSubject } from './selectAxis.ts';
import { cursorOf, handleAt, selectionShape, type SelectionHandle, type SelectionShape } from './selectionShape.ts';

/** The selection of a plot, and how it is changed. */
export interface SelectionControl {
  current(): PlotSelection | null;
  /** @param isSettled Whether the gesture is over. */
  change(selection: PlotSelection | null, isSettled: boolean): void;
}

type Drag =
  | { readonly kind: 'range'; readonly axes: readonly AxisName[]; readonly from: Pointer }
  | { readonly kind: 'lasso'; readonly path: Pointer[] }
  | { readonly kind: 'move'; readonly from: Pointer; readonly selection: PlotSelection }
  | {
      readonly kind: 'resize';
      readonly handle: Extract<SelectionHandle, { kind: 'edges' }>;
      readonly shape: SelectionShape;
      readonly selection: PlotSelection;
    };

interface RunningDrag {
  readonly pointerId: number;
  readonly drag: Drag;
  readonly from: Pointer;
  readonly before: PlotSelection | null;
  /** Whether a click adds to the selection, or takes away from it. */
  readonly isAdding: boolean;
  hasMoved: boolean;
}

/** A drag that makes, moves or resizes a selection. */
export interface SelectDrag {
  readonly isDragging: Readonly<ShallowRef<boolean>>;
  /** The path of a lasso while it is drawn. */
  readonly path: Readonly<ShallowRef<readonly Pointer[]>>;
  /** The mouse pointer where it rests. */
  readonly cursor: Readonly<ShallowRef<string>>;
  /** @returns Whether the drag is one of a selection. */
  readonly onDown: (event: PointerEvent) => boolean;
  readonly onMove: (event: PointerEvent) => void;
  readonly onUp: (event: PointerEvent) => void;
  /** Puts the selection back as it was before the drag. @returns Whether there was one. */
  readonly cancel: () => boolean;
}

const DRAG_FROM_PX = 3;

/** Drags with the tool that is chosen; with Alt, with the tool that selects by all axes. */
export function useSelectDrag(
  subject: () => SelectSubject | null,
  tool: Readonly<ShallowRef<PlotTool>>,
  control: SelectionControl,
): SelectDrag {
  const isDragging = shallowRef(false);
  const path = shallowRef<readonly Pointer[]>([]);
  const cursor = shallowRef('');
  let running: RunningDrag | null = null;

  const onDown = (event: PointerEvent): boolean => {
    const now = subject();
    if (!now || event.button !== 0 || event.shiftKey || running) return false;
    const from = pointerIn(event);
    const isAdding = event.ctrlKey || event.metaKey;
    const drag = isAdding ? addingAt(now, from) : dragAt(now, from, event.altKey);
    if (!drag) return false;
    running = { pointerId: event.pointerId, drag, from, before: control.current(), isAdding, hasMoved: false };
    return true;
  };

  const dragAt = (now: SelectSubject, from: Pointer, isAlt: boolean): Drag | null => {
    const selection = control.current();
    const shape = selection && selectionShape(now, selection);
    const handle = shape && handleAt(shape, from);
    const region = regionAt(now.frame, from);
    if (selection && shape && handle && !isAlt && region === 'plot') {
      if (handle.kind === 'edges') return { kind: 'resize', handle, shape, selection };
      if (tool.value !== 'pan') return { kind: 'move', from, selection };
    }
    const chosen = isAlt && tool.value === 'pan' ? defaultTool(toolsOf(now)) : tool.value;
    if (chosen === 'pan' || region === null) return null;
    if (chosen === 'lasso') return region === 'plot' ? { kind: 'lasso', path: [from] } : null;
    const axes = toolAxes(chosen, now, region);
    return axes.length === 0 ? null : { kind: 'range', axes, from };
  };

  /** With Ctrl or Cmd a click is about one more category, whatever the tool. */
  const addingAt = (now: SelectSubject, from: Pointer): Drag | null => {
    const axes = selectableAxes(now);
    return regionAt(now.frame, from) !== null && axes.length === 1 ? { kind: 'range', axes, from } : null;
  };

  const onMove = (event: PointerEvent) => {
    const now = subject();
    const at = pointerIn(event);
    if (!running) {
      cursor.value = now ? restingCursor(now, at, event.altKey) : '';
      return;
    }
    if (!now || event.pointerId !== running.pointerId) return;
    const isFar = Math.hypot(at.left - running.from.left, at.top - running.from.top) >= DRAG_FROM_PX;
    if (!running.hasMoved && !isFar) return;
    if (!running.hasMoved && event.currentTarget instanceof Element)
      event.currentTarget.setPointerCapture(event.pointerId);
    running.hasMoved = true;
    isDragging.value = true;
    follow(now, running.drag, at);
  };

  const follow = (now: SelectSubject, drag: Drag, pointer: Pointer) => {
    const at = inPlot(now, pointer);
    if (drag.kind === 'lasso') {
      drag.path.push(at);
      path.value = [...drag.path];
      return;
    }
    const selection = changed(now, drag, at);
    if (selection) control.change(selection, false);
  };

  const onUp = (event: PointerEvent) => {
    const now = subject();
    if (!running || event.pointerId !== running.pointerId) return;
    const { drag, from, hasMoved, isAdding, before } = running;
    if (!now) cancel();
    else if (hasMoved) control.change(drag.kind === 'lasso' ? lassoSelection(now, drag.path) : control.current(), true);
    else if (drag.kind === 'range' || drag.kind === 'lasso')
      control.change(isAdding ? toggled(now, drag, before) : clicked(now, drag, from), true);
    end();
  };

  const cancel = (): boolean => {
    if (!running) return false;
    control.change(running.before, true);
    end();
    return true;
  };

  const end = () => {
    running = null;
    isDragging.value = false;
    path.value = [];
  };

  const restingCursor = (now: SelectSubject, at: Pointer, isAlt: boolean): string => {
    const region = regionAt(now.frame, at);
    if (region === null) return '';
    const selection = control.current();
    const shape = selection && selectionShape(now, selection);
    const handle = shape && region === 'plot' ? handleAt(shape, at) : null;
    if (handle && (handle.kind === 'edges' || tool.value !== 'pan')) return cursorOf(handle);
    return tool.value === 'pan' && !isAlt ? '' : 'crosshair';
  };

  return { isDragging, path, cursor, onDown, onMove, onUp, cancel };
}

function changed(now: SelectSubject, drag: Exclude<Drag, { kind: 'lasso' }>, at: Pointer): PlotSelection | null {
  switch (drag.kind) {
    case 'range':
      return rangeSelection(now, drag.axes, drag.from, at);
    case 'move':
      return movedSelection(now, drag.selection, { left: at.left - drag.from.left, top: at.top - drag.from.top });
    case 'resize':
      return resizedSelection(now, drag.selection, drag.shape, drag.handle, at);
  }
}

/** A click selects the bin or category under it; elsewhere it clears the selection. */
function clicked(now: SelectSubject, drag: Drag, at: Pointer): PlotSelection | null {
  const { plotKind } = now.header;
  if (drag.kind !== 'range' || plotKind === 'scatter' || plotKind === 'line') return null;
  return rangeSelection(now, drag.axes, at, at);
}

/** The selection with one category more or less; a bin or a value is selected alone. */
function toggled(now: SelectSubject, drag: Drag, before: PlotSelection | null): PlotSelection | null {
  const [name] = drag.kind === 'range' ? drag.axes : [];
  if (drag.kind !== 'range' || !name) return before;
  const at = name === 'x' ? drag.from.left : drag.from.top;
  const part = before?.kind === 'ranges' ? (before[name] ?? null) : null;
  if (now.header[name].kind !== 'nominal') return clicked(now, drag, drag.from);
  const next = selectAxis(now, name)?.toggled(part, at);
  return next ? { kind: 'ranges', [name]: next } : null;
}

function inPlot({ frame: { plot } }: SelectSubject, { left, top }: Pointer): Pointer {
  return {
    left: Math.min(plot.left + plot.width, Math.max(plot.left, left)),
    top: Math.min(plot.top + plot.height, Math.max(plot.top, top)),
  };
}
