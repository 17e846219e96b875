import { useVueFlow } from '@vue-flow/core';
import type { PikaNode } from '#common/document/pikaDocument';
import { GRID_PX } from '#common/document/placeNodes';
import { usePage } from '../link/page.ts';
import { useCanvas } from './canvasState.ts';
import { snapSize } from './placement.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const KEY_STEPS: Readonly<Record<string, Size>> = {
  ArrowLeft: { width: -GRID_PX, height: 0 },
  ArrowRight: { width: GRID_PX, height: 0 },
  ArrowUp: { width: 0, height: -GRID_PX },
  ArrowDown: { width: 0, height: GRID_PX },
};

/** Resizing a node by its corner: the document learns the size when the pointer or key is let go. */
export function useResize(node: () => PikaNode) {
  const { session } = usePage();
  const canvas = useCanvas();
  const { findNode, updateNode, viewport } = useVueFlow();

  let sizeByKeys: Size | null = null;

  function currentSize(): Size {
    return findNode(node().id)?.dimensions ?? { width: 0, height: 0 };
  }

  function show(size: Size): void {
    updateNode(node().id, { style: { width: `${size.width}px`, height: `${size.height}px` } });
  }

  function commit(size: Size): void {
    const { id } = node();
    const position = findNode(id)?.position;
    if (!position) return;
    const layout = { [id]: { x: position.x, y: position.y, ...size } };
    canvas.report(session.call('edit', { type: 'layout', layout }));
  }

  function onPointerDown(event: PointerEvent): void {
    const handle = event.currentTarget;
    if (!(handle instanceof HTMLElement)) return;
    const start = currentSize();
    let size = start;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => {
      const { zoom } = viewport.value;
      size = snapSize(node().kind, {
        width: start.width + (move.clientX - event.clientX) / zoom,
        height: start.height + (move.clientY - event.clientY) / zoom,
      });
      show(size);
    };
    handle.onlostpointercapture = () => {
      handle.onpointermove = null;
      if (size !== start) commit(size);
    };
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = KEY_STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const { width, height } = sizeByKeys ?? currentSize();
    sizeByKeys = snapSize(node().kind, { width: width + step.width, height: height + step.height });
    show(sizeByKeys);
  }

  function onKeyUp(): void {
    if (sizeByKeys) commit(sizeByKeys);
    sizeByKeys = null;
  }

  return { onPointerDown, onKeyDown, onKeyUp };
}
