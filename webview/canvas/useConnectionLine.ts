import { onBeforeUnmount, shallowRef } from 'vue';
import type { CanvasPoint } from '#common/protocol/webviewContract';

interface LineEnds {
  connect(fromId: string, toId: string): void;
  showReaders(fromId: string, point: CanvasPoint): void;
}

/** A line drawn out of a node's port: let go over a node it connects them, over the empty canvas it offers what fits. */
export function useConnectionLine({ connect, showReaders }: LineEnds) {
  const path = shallowRef<string | null>(null);
  let stop = () => {};

  function onPointerDown(event: PointerEvent): void {
    const port = event.target instanceof HTMLElement ? event.target : null;
    const fromId = port?.dataset['portOf'];
    if (!port || fromId === undefined || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const start = { x: event.clientX, y: event.clientY };
    const onMove = (move: PointerEvent) => (path.value = curve(start, { x: move.clientX, y: move.clientY }));
    const onUp = (up: PointerEvent) => {
      stop();
      land(fromId, { x: up.clientX, y: up.clientY });
    };
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') stop();
    };
    stop = () => {
      path.value = null;
      removeEventListener('pointermove', onMove);
      removeEventListener('pointerup', onUp);
      removeEventListener('keydown', onKey, true);
      stop = () => {};
    };
    addEventListener('pointermove', onMove);
    addEventListener('pointerup', onUp);
    addEventListener('keydown', onKey, true);
  }

  /** By keyboard a port offers at once what fits. */
  function onKeyDown(event: KeyboardEvent): void {
    const port = event.target instanceof HTMLElement ? event.target : null;
    const fromId = port?.dataset['portOf'];
    if (!port || fromId === undefined || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    const { right, top } = port.getBoundingClientRect();
    showReaders(fromId, { x: right, y: top });
  }

  function land(fromId: string, point: CanvasPoint): void {
    const under = document.elementFromPoint(point.x, point.y);
    const toId = under?.closest<HTMLElement>('[data-node-id]:not(.frame)')?.dataset['nodeId'];
    if (toId === undefined) {
      if (under?.closest('.canvas')) showReaders(fromId, point);
    } else if (toId !== fromId) connect(fromId, toId);
  }

  onBeforeUnmount(() => stop());
  return { path, onPointerDown, onKeyDown };
}

function curve(from: CanvasPoint, to: CanvasPoint): string {
  const bend = Math.max(40, Math.abs(to.x - from.x) / 2);
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}
