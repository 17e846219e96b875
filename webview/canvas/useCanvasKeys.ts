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

/** Keys of the canvas: Delete removes, arrows move, Escape leaves, Ctrl/Cmd+A selects all. */
export function useCanvasKeys(select: (ids: readonly string[]) => void) {
  const { session } = usePage();
  const canvas = useCanvas();
  const { findNode } = useVueFlow(FLOW_ID);

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
    if (ids.length === 0 || session.isReadOnly) return;
    const layout = Object.fromEntries(
      ids.flatMap((id): [string, NodeLayout][] => {
        const node = findNode(id);
        if (!node) return [];
        const { position, dimensions } = node;
        return [[id, { x: position.x + dx, y: position.y + dy, ...dimensions }]];
      }),
    );
    canvas.report(session.call('edit', { type: 'layout', layout }));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!isCanvasKey(event)) return;
    const ids = chosenIds(event.target);
    const step = MOVES[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') remove(ids);
    else if (event.key === 'Escape') leave();
    else if (step) move(ids, step);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selectAll();
    else return;
    event.preventDefault();
  }

  function leave(): void {
    canvas.activeId.value = null;
    select([]);
  }

  function selectAll(): void {
    select((session.snapshot.value?.document.nodes ?? []).map(({ id }) => id));
  }

  return { onKeyDown };
}

/** Whether a key was meant for the canvas and not for a field, an editor or a grid inside a node. */
function isCanvasKey({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('input, textarea, [role="grid"], vscode-text-field')) return false;
  return !target.tagName.startsWith('VSCODE-');
}
