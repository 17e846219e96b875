import { useVueFlow, type NodeDragEvent, type NodeMouseEvent } from '@vue-flow/core';
import { onBeforeUnmount, shallowRef, watch } from 'vue';
import type { NodeLayout } from '#common/document/pikaDocument';
import { usePage } from '../link/page.ts';
import { useCanvas } from './canvasState.ts';
import { FIT, FLOW_ID, MOVE_MS } from './flow.ts';

/** Below this zoom cards show their names only. */
const FAR_ZOOM = 0.4;
const REVEAL_PADDING = 0.2;

/** Selection, viewport and moves of the canvas. */
export function useCanvasView() {
  const { session, viewState } = usePage();
  const canvas = useCanvas();
  const flow = useVueFlow(FLOW_ID);
  const isReady = shallowRef(false);
  const { viewport } = flow;
  const saved = viewState.current.viewport;
  const first = saved ?? { x: 0, y: 0, zoom: 1 };

  function onNodesInitialized(): void {
    if (isReady.value) return;
    isReady.value = true;
    if (!saved) void flow.fitView(FIT);
  }

  /** Activates a node and brings it into view, as soon as it is there. */
  function reveal(nodeId: string): void {
    canvas.wantedId.value = nodeId;
  }

  function showNode(nodeId: string): void {
    canvas.wantedId.value = null;
    select([nodeId]);
    canvas.activeId.value = nodeId;
    void flow.fitView({ nodes: [nodeId], padding: REVEAL_PADDING, maxZoom: 1, duration: MOVE_MS });
  }

  function select(ids: readonly string[]): void {
    flow.removeSelectedElements();
    flow.addSelectedNodes(ids.flatMap((id) => flow.findNode(id) ?? []));
  }

  function onNodeClick({ node, event }: NodeMouseEvent): void {
    const isExtending = event.ctrlKey || event.metaKey || event.shiftKey;
    canvas.activeId.value = isExtending ? null : node.id;
  }

  function onPaneClick(): void {
    canvas.activeId.value = null;
  }

  function onNodeDragStop({ nodes }: NodeDragEvent): void {
    const before = session.snapshot.value?.document.layout ?? {};
    const moved = nodes.filter(({ id, position }) => before[id]?.x !== position.x || before[id].y !== position.y);
    if (moved.length === 0) return;
    const layout = Object.fromEntries(
      moved.map(({ id, position, dimensions }): [string, NodeLayout] => [
        id,
        { ...(before[id] ?? dimensions), x: position.x, y: position.y },
      ]),
    );
    canvas.report(session.call('edit', { type: 'layout', layout }));
  }

  function rememberViewport(): void {
    const { x, y, zoom } = viewport.value;
    viewState.update({ viewport: { x, y, zoom } });
  }

  watch(
    () => viewport.value.zoom < FAR_ZOOM,
    (isFar) => (canvas.isFar.value = isFar),
    { immediate: true },
  );
  watch(flow.getSelectedNodes, (nodes) => (canvas.selectedIds.value = nodes.map(({ id }) => id)));
  watch(canvas.selectedIds, (nodeIds) => session.send('selection', { nodeIds }));
  watch(canvas.activeId, (activeId) => viewState.update({ activeId }));
  watch(
    () => canvas.wantedId.value !== null && (flow.findNode(canvas.wantedId.value)?.dimensions.width ?? 0) > 0,
    (isThere) => {
      if (isThere && canvas.wantedId.value !== null) showNode(canvas.wantedId.value);
    },
  );
  const subscription = session.onReveal(({ nodeId }) => reveal(nodeId));
  onBeforeUnmount(() => subscription.dispose());

  return { first, reveal, select, onNodesInitialized, onNodeClick, onPaneClick, onNodeDragStop, rememberViewport };
}
