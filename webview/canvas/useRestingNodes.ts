import { useVueFlow } from '@vue-flow/core';
import { onBeforeUnmount, onMounted, watch } from 'vue';
import { FLOW_ID } from './flow.ts';

const REST_MS = 80;

/**
 * Lets the nodes stay behind while the canvas moves, and brings them to where they belong once it rests.
 *
 * Only for nodes that are drawn by something else: moving hundreds of elements in every frame costs far more than
 * drawing a picture of them.
 */
export function useRestingNodes(): void {
  const { viewport, vueFlowRef } = useVueFlow(FLOW_ID);
  let resting: ReturnType<typeof setTimeout> | undefined;

  function bring(): void {
    const pane = vueFlowRef.value?.querySelector<HTMLElement>('.vue-flow__transformationpane');
    const { x, y, zoom } = viewport.value;
    pane?.style.setProperty('--resting-transform', `translate(${x}px, ${y}px) scale(${zoom})`);
  }

  function bringSoon(): void {
    clearTimeout(resting);
    resting = setTimeout(bring, REST_MS);
  }

  bring();
  onMounted(bring);
  watch(viewport, bringSoon);
  onBeforeUnmount(() => clearTimeout(resting));
}
