import { useVueFlow } from '@vue-flow/core';
import { onBeforeUnmount, shallowRef, watch } from 'vue';
import { FLOW_ID } from './flow.ts';
import type { Box } from './placeIndex.ts';
import { visibleBox, withMargin } from './visibleBox.ts';

/** How much of the view's width and height lies around it on each side. */
const MARGIN = 0.5;

/**
 * A part of the canvas around what is in view, null until the canvas has a size.
 *
 * It changes at most once in a frame, and only when the view leaves it or has become much smaller than it: what is
 * drawn for the box needs no work while the canvas moves inside of it.
 */
export function useViewBox() {
  const { viewport, dimensions } = useVueFlow(FLOW_ID);
  const box = shallowRef<Box | null>(null);
  let frame = 0;

  function update(): void {
    frame = 0;
    const view = visibleBox(viewport.value, dimensions.value);
    if (view.width === 0 || (box.value && isAround(box.value, view))) return;
    box.value = withMargin(view, MARGIN);
  }

  watch(
    [viewport, dimensions],
    () => {
      if (frame === 0) frame = requestAnimationFrame(update);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => cancelAnimationFrame(frame));
  return box;
}

/** Whether a box holds a view and is not out of proportion to it. */
function isAround(box: Box, view: Box): boolean {
  return (
    box.x <= view.x &&
    box.y <= view.y &&
    box.x + box.width >= view.x + view.width &&
    box.y + box.height >= view.y + view.height &&
    box.width <= view.width * (1 + 4 * MARGIN)
  );
}
