import type { NodeLayout } from '#common/document/pikaDocument';

declare global {
  interface Window {
    /** When everything in view was on the screen, in milliseconds since the start of the page; 0 until then. */
    drawnAtMs: number;
    /** When all nodes of the document were there for pointer, keys and screen readers; 0 until then. */
    completeAtMs: number;
  }
}

/** Runs in the page before its own scripts: notes when every node in view is on the screen, with its rows or picture. */
export function watchForNodes(): void {
  window.drawnAtMs = 0;
  window.completeAtMs = 0;
  const look = () => {
    if (window.drawnAtMs === 0 && isDrawn()) window.drawnAtMs = performance.now();
    if (window.drawnAtMs > 0 && isComplete()) window.completeAtMs = performance.now();
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
    if (shown.length === 0) return false;
    return zoom < 0.4
      ? shown.every(([, place]) => isInPicture(place, { zoom, left, top }))
      : shown.every(([id]) => isNodeDrawn(id));
  }

  /** From afar one picture shows all nodes; its ground is clear. */
  function isInPicture(place: NodeLayout, { zoom, left, top }: { zoom: number; left: number; top: number }): boolean {
    const context = document.querySelector<HTMLCanvasElement>('.far-picture')?.getContext('2d');
    const [x, y] = [(place.x + place.width / 2) * zoom + left, (place.y + place.height / 2) * zoom + top];
    return context?.getImageData(x * devicePixelRatio, y * devicePixelRatio, 1, 1).data[3] === 255;
  }

  function isComplete(): boolean {
    const count = Object.keys(window.harness.host.document.layout).length;
    return document.querySelectorAll('[data-node-id]').length === count;
  }

  function isNodeDrawn(id: string): boolean {
    const node = document.querySelector<HTMLElement>(`[data-node-id="${id}"]`);
    if (!node || node.offsetWidth === 0) return false;
    if (node.dataset['nodeKind'] === 'plot') return node.dataset['state'] === 'done';
    return node.dataset['nodeKind'] !== 'table' || node.querySelector('[role=gridcell]:not(.pending)') !== null;
  }
}
