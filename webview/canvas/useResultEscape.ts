import { onBeforeUnmount } from 'vue';
import type { Session } from '../link/session.ts';
import type { CanvasState } from './canvasState.ts';

/** Escape in a result's panel, which has no canvas: stops everything that runs, unless the focus is in what has an Escape of its own. */
export function useResultEscape(session: Session, canvas: CanvasState): void {
  function onKeyDown({ key, target }: KeyboardEvent): void {
    if (key !== 'Escape' || isInside(target) || !session.isRunning) return;
    canvas.report(session.call('cancelAll', null));
  }
  // A node keeps the key from what is above it.
  addEventListener('keydown', onKeyDown, true);
  onBeforeUnmount(() => removeEventListener('keydown', onKeyDown, true));
}

/** Whether a key was meant for a part of a node, for the details beside it or for a menu. */
function isInside(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target.matches('[data-node-id]')) return false;
  return target.closest('.node, .panel, .context-menu') !== null;
}
