import { useVueFlow } from '@vue-flow/core';
import { computed } from 'vue';
import { FIT, FLOW_ID } from './flow.ts';
import { moveMs } from './moveTime.ts';

/** The canvas's zoom, for the toolbar. */
export function useZoom() {
  const { viewport, fitView, zoomTo } = useVueFlow(FLOW_ID);
  const zoomPercent = computed(() => `${Math.round(viewport.value.zoom * 100)} %`);

  function fit(): void {
    void fitView({ ...FIT, duration: moveMs() });
  }

  function showFullSize(): void {
    void zoomTo(1, { duration: moveMs() });
  }

  return { zoomPercent, fit, showFullSize };
}
