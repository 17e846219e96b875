import { shallowRef, type ShallowRef } from 'vue';
import type { PixelRect, PlotFrame, Pointer } from '../plotFrame.ts';
import { pointerIn } from '../pointerIn.ts';
import { boxBetween, cutTo, dragAxes, panBy, regionAt, sharesAt, type Region } from './gestures.ts';
import type { PlotLimits, PlotWindow } from './plotWindow.ts';
import type { WindowControl } from './useWindow.ts';

/** What a drag works on; null while the plot takes no input. */
export type DragSubject = () => { readonly frame: PlotFrame; readonly limits: PlotLimits } | null;

/** A drag that moves the window, or draws a box to zoom to. */
export interface DragControl {
  readonly box: Readonly<ShallowRef<PixelRect | null>>;
  readonly isDragging: Readonly<ShallowRef<boolean>>;
  readonly onDown: (event: PointerEvent) => void;
  readonly onMove: (event: PointerEvent) => void;
  readonly onUp: (event: PointerEvent) => void;
  readonly cancel: () => void;
}

interface Drag {
  readonly pointerId: number;
  readonly gesture: string;
  readonly region: Region;
  readonly isBox: boolean;
  readonly from: Pointer;
  readonly window: PlotWindow;
}

const DRAG_FROM_PX = 3;
const SMALLEST_BOX_PX = 4;

/** Pans with the primary button; with Shift, zooms to the box that is drawn. */
export function useDrag(subject: DragSubject, control: WindowControl): DragControl {
  const box = shallowRef<PixelRect | null>(null);
  const isDragging = shallowRef(false);
  let drag: Drag | null = null;
  let dragCount = 0;

  const onDown = (event: PointerEvent) => {
    const now = subject();
    const from = pointerIn(event);
    const region = now && regionAt(now.frame, from);
    if (!region || event.button !== 0 || drag) return;
    dragCount += 1;
    const { pointerId, shiftKey: isBox } = event;
    drag = { pointerId, gesture: `drag ${dragCount}`, region, isBox, from, window: control.newest() };
  };
  const onMove = (event: PointerEvent) => {
    const now = subject();
    if (!now || !drag || event.pointerId !== drag.pointerId) return;
    const at = pointerIn(event);
    const isFar = Math.hypot(at.left - drag.from.left, at.top - drag.from.top) >= DRAG_FROM_PX;
    if (!isDragging.value && !isFar) return;
    if (!isDragging.value && event.currentTarget instanceof Element)
      event.currentTarget.setPointerCapture(event.pointerId);
    isDragging.value = true;
    if (drag.isBox) box.value = boxBetween(now.frame, drag.region, drag.from, at);
    else pan(drag, now.frame, now.limits, at);
  };
  const pan = ({ window, region, from, gesture }: Drag, frame: PlotFrame, limits: PlotLimits, at: Pointer) => {
    const [start, end] = [sharesAt(frame, from), sharesAt(frame, at)];
    const by = { x: start.x - end.x, y: start.y - end.y };
    control.go(panBy(window, limits, dragAxes(region), by), gesture);
  };
  const onUp = (event: PointerEvent) => {
    const now = subject();
    if (!drag || event.pointerId !== drag.pointerId) return;
    if (now && box.value) cut(drag, now.frame, now.limits, box.value);
    cancel();
  };
  const cut = (
    { window, region, gesture }: Drag,
    frame: PlotFrame,
    limits: PlotLimits,
    { left, top, width, height }: PixelRect,
  ) => {
    if (width < SMALLEST_BOX_PX || height < SMALLEST_BOX_PX) return;
    const from = sharesAt(frame, { left, top: top + height });
    const to = sharesAt(frame, { left: left + width, top });
    control.go(cutTo(window, limits, dragAxes(region), from, to), gesture);
  };
  const cancel = () => {
    drag = null;
    box.value = null;
    isDragging.value = false;
  };
  return { box, isDragging, onDown, onMove, onUp, cancel };
}
