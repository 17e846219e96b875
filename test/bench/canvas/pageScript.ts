import type { NodeLayout } from '#common/document/pikaDocument';

declare global {
  interface Window {
    /** When everything in view was drawn, since the start of the page; 0 until then. */
    drawnAtMs: number;
  }
}

/** Runs in the page before its own scripts: notes when every node in view is there, with its rows or its picture. */
export function watchForNodes(): void {
  window.drawnAtMs = 0;
  const look = () => {
    if (isDrawn()) requestAnimationFrame(() => (window.drawnAtMs = performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  function isDrawn(): boolean {
    const pane = document.querySelector<HTMLElement>('.vue-flow__transformationpane');
    const canvas = document.querySelector('.vue-flow')?.getBoundingClientRect();
    if (!pane || !canvas) return false;
    const { a: zoom, e: left, f: top } = new DOMMatrix(pane.style.transform);
    const inView = ({ x, y, width, height }: NodeLayout) =>
      x * zoom + left < canvas.width &&
      (x + width) * zoom + left > 0 &&
      y * zoom + top < canvas.height &&
      (y + height) * zoom + top > 0;
    const shown = Object.entries(window.harness.host.document.layout).filter(([, place]) => inView(place));
    return shown.length > 0 && shown.every(([id]) => isNodeDrawn(id, zoom));
  }

  function isNodeDrawn(id: string, zoom: number): boolean {
    const node = document.querySelector<HTMLElement>(`[data-node-id="${id}"]`);
    if (!node || node.offsetWidth === 0) return false;
    if (zoom < 0.4) return true;
    if (node.dataset['nodeKind'] === 'plot') return node.dataset['state'] === 'done';
    return node.dataset['nodeKind'] !== 'table' || node.querySelector('[role=gridcell]:not(.pending)') !== null;
  }
}
