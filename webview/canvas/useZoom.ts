import { useVueFlow } from '@vue-flow/core';
import { computed } from 'vue';
import { FIT, FLOW_ID, MOVE_MS } from './flow.ts';

/** The canvas's zoom, for the toolbar. */
export function useZoom() {
  const { viewport, fitView, zoomTo } = useVueFlow(FLOW_ID);
  const zoomPercent = computed(() => `${Math.round(viewport.value.zoom * 100)} %`);

  function fit(): void {
    void fitView({ ...FIT, duration: MOVE_MS });
  }

  function showFullSize(): void {
    void zoomTo(1, { duration: MOVE_MS });
  }

  return { zoomPercent, fit, showFullSize };
}
