import { useVueFlow } from '@vue-flow/core';
import { onBeforeUnmount, watch } from 'vue';
import { useCanvas } from './canvasState.ts';
import { FLOW_ID } from './flow.ts';
import type { Edges } from './useEdges.ts';

/** How near to an edge the pointer points at it, on the screen. */
const REACH_PX = 6;
/** How long the pointer rests before a tip opens. */
const REST_MS = 250;

/** Opens a tip with the schema of what flows where the pointer rests, or where the focus is: at an edge or a port. */
export function useSchemaTip(edges: Edges) {
  const canvas = useCanvas();
  const { viewport, vueFlowRef } = useVueFlow(FLOW_ID);
  let pointedKey: string | null = null;
  let resting: ReturnType<typeof setTimeout> | undefined;

  function close(): void {
    clearTimeout(resting);
    pointedKey = null;
    canvas.tip.value = null;
  }

  /** The node whose rows flow under the pointer, and a key of the edge or port that it points at. */
  function pointedAt({
    target,
    clientX,
    clientY,
  }: PointerEvent): { readonly key: string; readonly nodeId: string } | null {
    if (!(target instanceof HTMLElement)) return null;
    const portOf = target.dataset['portOf'];
    if (portOf !== undefined) return { key: portOf, nodeId: portOf };
    const box = vueFlowRef.value?.getBoundingClientRect();
    const isFree = target.matches('.vue-flow__pane, .frame, .vue-flow__node-frame');
    if (!box || !isFree || canvas.isFar.value) return null;
    const { x, y, zoom } = viewport.value;
    const edge = edges.edgeAt({ x: (clientX - box.x - x) / zoom, y: (clientY - box.y - y) / zoom }, REACH_PX / zoom);
    return edge && { key: edge.id, nodeId: edge.from.id };
  }

  function onPointerMove(event: PointerEvent): void {
    const pointed = event.buttons === 0 && canvas.menu.value === null ? pointedAt(event) : null;
    if (!pointed) {
      if (pointedKey !== null) close();
      return;
    }
    if (pointed.key === pointedKey && canvas.tip.value) return;
    if (pointed.key !== pointedKey) close();
    pointedKey = pointed.key;
    clearTimeout(resting);
    const tip = { nodeId: pointed.nodeId, x: event.clientX, y: event.clientY };
    resting = setTimeout(() => (canvas.tip.value = tip), REST_MS);
  }

  function onFocusIn({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement || target instanceof SVGElement)) return;
    const nodeId = target.dataset['portOf'] ?? target.dataset['edgeFrom'];
    if (nodeId === undefined || !target.matches(':focus-visible')) return;
    close();
    const { left, top, width, height } = target.getBoundingClientRect();
    canvas.tip.value = { nodeId, x: left + width / 2, y: top + height / 2 };
  }

  function onKeyDown({ key }: KeyboardEvent): void {
    if (key === 'Escape' || key === 'Enter' || key === ' ') close();
  }

  watch([viewport, canvas.menu, canvas.isFar], close);
  addEventListener('keydown', onKeyDown, true);
  addEventListener('pointerdown', close, true);
  onBeforeUnmount(() => {
    close();
    removeEventListener('keydown', onKeyDown, true);
    removeEventListener('pointerdown', close, true);
  });

  return { onPointerMove, onFocusIn, close };
}
