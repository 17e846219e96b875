import { useVueFlow } from '@vue-flow/core';
import { FLOW_ID } from './flow.ts';

/** Zoom of one pixel of the wheel, as a power of two; a trackpad's pinch sends few pixels, a wheel's notch a hundred. */
const STEP = 0.01;
const MOST_PX = 50;
const LINE_PX = 20;

/**
 * Zooms around the pointer with Ctrl or Cmd and the wheel, and with a trackpad's pinch, which browsers report as a
 * wheel with Ctrl although no key is held.
 */
export function useWheelZoom(range: readonly [lowest: number, highest: number]) {
  const { viewport, setViewport, vueFlowRef } = useVueFlow(FLOW_ID);

  return function onWheel(event: WheelEvent): void {
    const isInside = event.target instanceof Element && event.target.closest('.vue-flow__viewport') !== null;
    const isTaken = event.target instanceof Element && event.target.closest('.nowheel') !== null;
    const box = vueFlowRef.value?.getBoundingClientRect();
    if (!(event.ctrlKey || event.metaKey) || !isInside || isTaken || !box) return;
    event.preventDefault();
    event.stopPropagation();
    const delta = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1);
    const { x, y, zoom } = viewport.value;
    const wanted = zoom * 2 ** (-Math.max(-MOST_PX, Math.min(MOST_PX, delta)) * STEP);
    const now = Math.max(range[0], Math.min(range[1], wanted));
    const [left, top] = [event.clientX - box.x, event.clientY - box.y];
    void setViewport({ x: left - ((left - x) * now) / zoom, y: top - ((top - y) * now) / zoom, zoom: now });
  };
}
