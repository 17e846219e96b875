import type { PlotHeader } from '#common/plot/plotData';
import { computed } from 'vue';
import type { PlotFrame } from '../plotFrame.ts';
import { pointerIn } from '../pointerIn.ts';
import { dragAxes, panBy, regionAt, resetAxes, sharesAt, wheelAxes, wheelStep, zoomAt } from './gestures.ts';
import { limitsOf } from './plotWindow.ts';
import { useDrag } from './useDrag.ts';
import type { WindowControl } from './useWindow.ts';
import { useWindowKeys } from './useWindowKeys.ts';

/** The plot that gestures work on. */
export interface GestureSubject {
  readonly header: PlotHeader | null;
  readonly frame: PlotFrame | null;
  /** Whether the plot takes wheel, drag and keys. */
  readonly isActive: boolean;
}

/** Wheel, pinch, drag, double-click and keys, as changes of a plot's window. */
export function useGestures(input: () => GestureSubject, control: WindowControl) {
  const subject = computed(() => {
    const { header, frame, isActive } = input();
    if (!header || !frame || !isActive) return null;
    const limits = limitsOf(header);
    return limits.x || limits.y ? { header, frame, limits } : null;
  });

  const onWheel = (event: WheelEvent) => {
    const now = subject.value;
    const at = pointerIn(event);
    const region = now && regionAt(now.frame, at);
    if (!now || !region) return;
    event.preventDefault();
    const { factor, sidewaysPx } = wheelStep(event);
    const by = { x: sidewaysPx / now.frame.data.width, y: 0 };
    const axes = wheelAxes(now.header, region);
    const before = control.newest();
    const next =
      sidewaysPx === 0
        ? zoomAt(before, now.limits, axes, sharesAt(now.frame, at), factor)
        : panBy(before, now.limits, ['x'], by);
    control.go(next, `wheel ${region}`);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const now = subject.value;
    const region = now && regionAt(now.frame, pointerIn(event));
    if (region) control.go(resetAxes(control.newest(), dragAxes(region)), 'reset');
  };
  const drag = useDrag(() => subject.value, control);
  const onKey = useWindowKeys(() => subject.value, control);
  return { onWheel, onDoubleClick, onKey, drag };
}
