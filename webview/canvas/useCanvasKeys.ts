import { useVueFlow } from '@vue-flow/core';
import type { NodeLayout } from '#common/document/pikaDocument';
import { GRID_PX } from '#common/document/placeNodes';
import { usePage } from '../link/page.ts';
import { useCanvas } from './canvasState.ts';
import { FLOW_ID } from './flow.ts';

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-GRID_PX, 0],
  ArrowRight: [GRID_PX, 0],
  ArrowUp: [0, -GRID_PX],
  ArrowDown: [0, GRID_PX],
};

/** Keys of the canvas: Delete removes, arrows move, Escape cancels or leaves, Ctrl/Cmd+A selects all. */
export function useCanvasKeys(select: (ids: readonly string[]) => void) {
  const { session } = usePage();
  const canvas = useCanvas();
  const { findNode, updateNode } = useVueFlow(FLOW_ID);
  const movedIds = new Set<string>();

  function chosenIds(target: EventTarget | null): readonly string[] {
    const focused = target instanceof HTMLElement ? target.dataset['nodeId'] : undefined;
    const selected = canvas.selectedIds.value;
    return focused !== undefined && !selected.includes(focused) ? [focused] : selected;
  }

  function remove(ids: readonly string[]): void {
    if (ids.length === 0 || session.isReadOnly) return;
    canvas.activeId.value = null;
    canvas.report(session.call('edit', { type: 'remove', ids }));
  }

  function move(ids: readonly string[], [dx, dy]: readonly [number, number]): void {
    if (session.isReadOnly) return;
    for (const id of ids) {
      const node = findNode(id);
      if (!node) continue;
      updateNode(id, { position: { x: node.position.x + dx, y: node.position.y + dy } });
      movedIds.add(id);
    }
  }

  /** The document learns where the nodes went when the key is let go, however long it was held. */
  function onKeyUp(): void {
    const layout = Object.fromEntries(
      [...movedIds].flatMap((id): [string, NodeLayout][] => {
        const node = findNode(id);
        return node ? [[id, { x: node.position.x, y: node.position.y, ...node.dimensions }]] : [];
      }),
    );
    if (movedIds.size > 0) canvas.report(session.call('edit', { type: 'layout', layout }));
    movedIds.clear();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!isCanvasKey(event)) return;
    const ids = chosenIds(event.target);
    const step = MOVES[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') remove(ids);
    else if (event.key === 'Escape') cancelOrLeave(ids);
    else if (step) move(ids, step);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selectAll();
    else return;
    event.preventDefault();
  }

  /** Stops what runs among the chosen nodes; with nothing to stop, leaves them. */
  function cancelOrLeave(ids: readonly string[]): void {
    const running = ids.filter((id) => session.status(id)?.state === 'running');
    for (const nodeId of running) canvas.report(session.call('cancelNode', { nodeId }));
    if (running.length > 0) return;
    canvas.activeId.value = null;
    select([]);
  }

  function selectAll(): void {
    select((session.snapshot.value?.document.nodes ?? []).map(({ id }) => id));
  }

  return { onKeyDown, onKeyUp };
}

/** Whether a key was meant for the canvas or a node as a whole, and not for what is inside a node. */
function isCanvasKey({ target, defaultPrevented }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || defaultPrevented) return false;
  return target.dataset['nodeId'] !== undefined || target.closest('.node') === null;
}
