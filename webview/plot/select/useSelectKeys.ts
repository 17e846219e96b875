import type { ShallowRef } from 'vue';
import type { Pointer } from '../plotFrame.ts';
import { movedSelection, resizedSelection } from './changeSelection.ts';
import { rangeSelection } from './makeSelection.ts';
import { defaultTool, toolAxes, toolsOf, type PlotTool } from './plotTools.ts';
import { selectAxis, type SelectSubject } from './selectAxis.ts';
import { selectionShape } from './selectionShape.ts';
import type { SelectionControl } from './useSelectDrag.ts';

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** A selection made by keyboard takes the middle half of what is shown. */
const FROM_SHARE = 0.25;

/**
 * Keys of a plot that is selected in: S makes a selection in the middle; arrows move it and Shift+arrows its right or upper
 * edge; Escape clears it.
 * @returns Whether the key was taken.
 */
export function useSelectKeys(
  subject: () => SelectSubject | null,
  tool: ShallowRef<PlotTool>,
  control: SelectionControl,
): (event: KeyboardEvent) => boolean {
  const begin = (now: SelectSubject) => {
    const tools = toolsOf(now);
    if (tools.length === 1) return;
    if (tool.value === 'pan' || tool.value === 'lasso') tool.value = defaultTool(tools);
    if (control.current()) return;
    const { left, top, width, height } = now.frame.plot;
    const at = (share: number): Pointer => ({ left: left + share * width, top: top + share * height });
    const axes = toolAxes(tool.value, now, 'plot');
    control.change(rangeSelection(now, axes, at(FROM_SHARE), at(1 - FROM_SHARE)), true);
  };

  const go = (now: SelectSubject, [x, y]: readonly [number, number], isResizing: boolean): boolean => {
    const selection = control.current();
    const shape = selection && selectionShape(now, selection);
    if (!selection || !shape) return false;
    const corner = shape.kind === 'rect' ? shape.rect : { left: 0, top: 0 };
    const step = (name: 'x' | 'y', at: number) => selectAxis(now, name)?.stepPx(at) ?? 0;
    const by = { left: x * step('x', corner.left), top: y * step('y', corner.top) };
    if (!isResizing) control.change(movedSelection(now, selection, by), true);
    else if (shape.kind === 'rect') {
      const { left, top, width } = shape.rect;
      const handle = { kind: 'edges', x: x === 0 ? null : 'high', y: y === 0 ? null : 'low' } as const;
      // Into the bin or category beside the edge, not onto the edge itself.
      const inward = 0.5;
      const to = { left: left + width - inward + by.left, top: top + inward + by.top };
      control.change(resizedSelection(now, selection, shape, handle, to), true);
    }
    return true;
  };

  return (event) => {
    const now = subject();
    if (!now || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 's' || event.key === 'S') begin(now);
    else if (event.key === 'Escape') return escape();
    else if (tool.value !== 'pan' && DIRECTIONS[event.key])
      return go(now, DIRECTIONS[event.key] ?? [0, 0], event.shiftKey);
    else return false;
    return true;
  };

  function escape(): boolean {
    if (control.current()) control.change(null, true);
    else if (tool.value !== 'pan') tool.value = 'pan';
    else return false;
    return true;
  }
}
