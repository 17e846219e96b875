import { useVueFlow } from '@vue-flow/core';
import { GRID_PX } from '#common/document/placeNodes';
import { usePage } from '../link/page.ts';
import { useCanvas } from './canvasState.ts';
import { FLOW_ID } from './flow.ts';
import { moveMs } from './moveTime.ts';
import { withMembers } from './frames.ts';
import { nearestNode, type ArrowKey } from './nearestNode.ts';
import { completeLayout } from './placement.ts';
import type { NodeActions } from './useNodeActions.ts';

const STEPS: Readonly<Record<ArrowKey, readonly [number, number]>> = {
  ArrowLeft: [-GRID_PX, 0],
  ArrowRight: [GRID_PX, 0],
  ArrowUp: [0, -GRID_PX],
  ArrowDown: [0, GRID_PX],
};

interface Keyboard {
  readonly actions: NodeActions;
  select(ids: readonly string[]): void;
  moved(ids: readonly string[]): void;
}

/** Keys of the canvas and of nodes as a whole; the sheet that `?` opens lists them. */
export function useCanvasKeys({ actions, select, moved }: Keyboard) {
  const { session } = usePage();
  const canvas = useCanvas();
  const { findNode, updateNode, zoomTo, getNodes } = useVueFlow(FLOW_ID);
  const movedIds = new Set<string>();

  function chosenIds(target: EventTarget | null): readonly string[] {
    const focused = target instanceof HTMLElement ? target.dataset['nodeId'] : undefined;
    const selected = canvas.selectedIds.value;
    return focused !== undefined && !selected.includes(focused) ? [focused] : selected;
  }

  function move(ids: readonly string[], [dx, dy]: readonly [number, number]): void {
    const document = session.snapshot.value?.document;
    if (!document || session.isReadOnly) return;
    for (const id of withMembers(document, completeLayout(document), ids)) {
      const node = findNode(id);
      if (!node) continue;
      updateNode(id, { position: { x: node.position.x + dx, y: node.position.y + dy } });
      movedIds.add(id);
    }
  }

  /** The document learns where the nodes went when the key is let go, however long it was held. */
  function onKeyUp(): void {
    if (movedIds.size > 0) moved([...movedIds]);
    movedIds.clear();
  }

  function goTo(fromId: string | undefined, key: ArrowKey): void {
    const places = new Map(getNodes.value.map(({ id, position, dimensions }) => [id, { ...position, ...dimensions }]));
    const id = fromId === undefined ? getNodes.value[0]?.id : nearestNode(places, fromId, key);
    if (id === undefined || id === null) return;
    select([id]);
    document.querySelector<HTMLElement>(`[data-node-id="${CSS.escape(id)}"]`)?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!isCanvasKey(event)) return;
    const ids = chosenIds(event.target);
    const isHandled = event.key in STEPS ? onArrow(event, ids) : onCommand(event, ids);
    if (isHandled) event.preventDefault();
  }

  function onArrow(event: KeyboardEvent, ids: readonly string[]): boolean {
    const key = event.key as ArrowKey;
    if (event.altKey || event.shiftKey) move(ids, STEPS[key]);
    else goTo(ids.at(-1), key);
    return true;
  }

  function onCommand(event: KeyboardEvent, ids: readonly string[]): boolean {
    const name = `${event.ctrlKey || event.metaKey ? 'Mod+' : ''}${event.shiftKey ? 'Shift+' : ''}${event.code}`;
    const command = commands[name] ?? commands[event.key];
    if (!command) return false;
    command(ids);
    return true;
  }

  const commands: Readonly<Record<string, (ids: readonly string[]) => void>> = {
    Delete: actions.remove,
    Backspace: actions.remove,
    Escape: cancelOrLeave,
    F2: ([id]) => (canvas.renamingId.value = session.isReadOnly ? null : (id ?? null)),
    KeyC: actions.collapse,
    KeyM: () => (canvas.isMapOpen.value = !canvas.isMapOpen.value),
    'Mod+KeyA': () => select((session.snapshot.value?.document.nodes ?? []).map(({ id }) => id)),
    'Mod+KeyD': actions.duplicate,
    'Mod+KeyF': () => (canvas.sheet.value = 'search'),
    'Shift+Digit0': () => void zoomTo(1, { duration: moveMs() }),
    'Shift+Digit1': actions.fit,
    'Shift+Digit2': actions.zoomTo,
    '?': () => (canvas.sheet.value = 'keys'),
  };

  /** Stops what runs among the chosen nodes; with nothing to stop, leaves them. */
  function cancelOrLeave(ids: readonly string[]): void {
    const running = ids.filter((id) => session.status(id)?.state === 'running');
    for (const nodeId of running) canvas.report(session.call('cancelNode', { nodeId }));
    if (running.length > 0) return;
    canvas.activeId.value = null;
    select([]);
  }

  return { onKeyDown, onKeyUp };
}

/** Whether a key was meant for the canvas or a node as a whole, and not for what is inside a node. */
function isCanvasKey({ target, defaultPrevented }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || defaultPrevented) return false;
  return target.dataset['nodeId'] !== undefined || target.closest('.node, input, .sheet, .context-menu') === null;
}
