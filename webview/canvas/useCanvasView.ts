import { getTransformForBounds, useVueFlow, type NodeDragEvent, type NodeMouseEvent } from '@vue-flow/core';
import { onBeforeUnmount, watch, type Ref } from 'vue';
import type { NodeLayout } from '#common/document/pikaDocument';
import { usePage } from '../link/page.ts';
import { useCanvas } from './canvasState.ts';
import { FIT, FLOW_ID, MIN_ZOOM } from './flow.ts';
import { moveMs } from './moveTime.ts';
import { FAR_ZOOM } from './farText.ts';
import { withMembers } from './frames.ts';
import { completeLayout } from './placement.ts';
import { boundsOf } from './selectionPlaces.ts';
import { useDragSnap } from './useDragSnap.ts';
import type { FlowNode } from './useFlowNodes.ts';

const REVEAL_PADDING = 0.2;
const REST_MS = 150;

/**
 * Selection, viewport and moves of the canvas.
 *
 * @param nodes All nodes of the document, whether they have come yet or not.
 */
export function useCanvasView(nodes: Ref<readonly FlowNode[]>) {
  const { session, viewState } = usePage();
  const canvas = useCanvas();
  const flow = useVueFlow(FLOW_ID);
  const snap = useDragSnap();
  let carried: readonly string[] = [];
  let carrier: string | null = null;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const { viewport } = flow;
  const saved = viewState.current.viewport;
  const first = saved ?? { x: 0, y: 0, zoom: 1 };

  /** A workspace that is opened for the first time is shown as a whole. */
  function showAll(): void {
    const { width, height } = flow.dimensions.value;
    const shown = nodes.value.filter(({ hidden }) => !hidden);
    const places = shown.map((node) => ({ ...node.position, width: node.width, height: node.height }));
    if (places.length === 0 || width === 0) return;
    stopShowing();
    void flow.setViewport(getTransformForBounds(boundsOf(places), width, height, MIN_ZOOM, FIT.maxZoom, FIT.padding));
  }

  /** Activates a node and brings it into view, as soon as it is there. */
  function reveal(nodeId: string): void {
    canvas.wantedId.value = nodeId;
  }

  function showNode(nodeId: string): void {
    canvas.wantedId.value = null;
    select([nodeId]);
    canvas.activeId.value = nodeId;
    void flow.fitView({ nodes: [nodeId], padding: REVEAL_PADDING, maxZoom: 1, duration: moveMs() });
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

  function onNodeDragStart({ nodes }: NodeDragEvent): void {
    const document = session.snapshot.value?.document;
    if (!document) return;
    const dragged = nodes.map(({ id }) => id);
    const layout = completeLayout(document);
    carried = withMembers(document, layout, dragged).filter((id) => !dragged.includes(id));
    carrier = nodes.find(({ id }) => session.node(id)?.kind === 'frame')?.id ?? null;
    snap.begin([...dragged, ...carried]);
  }

  function onNodeDrag({ nodes }: NodeDragEvent): void {
    snap.move(nodes);
    carry();
  }

  /** What lies in a dragged frame follows it. */
  function carry(): void {
    const before = session.snapshot.value?.document.layout ?? {};
    const frame = carrier === null ? undefined : flow.findNode(carrier);
    const start = frame && before[frame.id];
    if (!start) return;
    for (const id of carried) {
      const place = before[id];
      if (!place) continue;
      const position = { x: place.x + frame.position.x - start.x, y: place.y + frame.position.y - start.y };
      flow.updateNode(id, { position });
    }
  }

  function onNodeDragStop(event: NodeDragEvent): void {
    carry();
    snap.end();
    moved([...event.nodes.map(({ id }) => id), ...carried]);
    carried = [];
    carrier = null;
  }

  /** The document learns where nodes were moved to. */
  function moved(ids: readonly string[]): void {
    const before = session.snapshot.value?.document.layout ?? {};
    const layout = Object.fromEntries(
      ids.flatMap((id): [string, NodeLayout][] => {
        const node = flow.findNode(id);
        if (!node || (before[id]?.x === node.position.x && before[id].y === node.position.y)) return [];
        return [[id, { ...(before[id] ?? node.dimensions), x: node.position.x, y: node.position.y }]];
      }),
    );
    if (Object.keys(layout).length > 0) canvas.report(session.call('edit', { type: 'layout', layout }));
  }

  function rememberViewport(): void {
    const { x, y, zoom } = viewport.value;
    viewState.update({ viewport: { x, y, zoom } });
  }

  /** However the view is moved, it is remembered once it rests: each time is a message to VS Code. */
  function rememberSoon(): void {
    clearTimeout(resting);
    resting = setTimeout(rememberViewport, REST_MS);
  }

  watch(
    () => viewport.value.zoom,
    (zoom) => {
      canvas.magnification.value = Math.max(1, zoom);
      canvas.isFar.value = zoom < FAR_ZOOM;
    },
    { immediate: true },
  );
  const stopShowing = watch([nodes, flow.dimensions], showAll);
  if (saved !== null) stopShowing();
  watch(viewport, rememberSoon);
  watch(flow.getSelectedNodes, (nodes) => (canvas.selectedIds.value = nodes.map(({ id }) => id)));
  watch(canvas.selectedIds, (nodeIds) => session.send('selection', { nodeIds }));
  watch(canvas.activeId, (activeId) => viewState.update({ activeId }));
  watch(
    () => canvas.wantedId.value !== null && (flow.findNode(canvas.wantedId.value)?.dimensions.width ?? 0) > 0,
    (isThere) => {
      if (isThere && canvas.wantedId.value !== null) showNode(canvas.wantedId.value);
    },
  );
  watch(
    () => canvas.comingIds.value.length > 0 && canvas.comingIds.value.every((id) => flow.findNode(id)),
    (areThere) => {
      if (areThere) select(canvas.comingIds.value);
      if (areThere) canvas.comingIds.value = [];
    },
  );
  const subscription = session.onReveal(({ nodeId }) => reveal(nodeId));
  onBeforeUnmount(() => {
    clearTimeout(resting);
    subscription.dispose();
  });

  return {
    first,
    guideLines: snap.lines,
    reveal,
    select,
    moved,
    onNodeClick,
    onPaneClick,
    onNodeDragStart,
    onNodeDrag,
    onNodeDragStop,
  };
}
