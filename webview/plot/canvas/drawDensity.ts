import type { CellSpan } from '../pixelCells.ts';
import type { PlotCounts } from '../plotRenderer.ts';
import type { PlotScene } from '../plotScene.ts';

/** Colours every pixel by its cells' largest count. Twin of shaders/drawDensity.wgsl. */
export function drawDensity(
  context: CanvasRenderingContext2D,
  scene: PlotScene,
  columns: number,
  numbers: Pick<PlotCounts, 'counts' | 'maximum'>,
): void {
  const image = context.createImageData(scene.surface.widthPx, scene.surface.heightPx);
  new Uint32Array(image.data.buffer).set(densityPixels(scene, columns, numbers));
  context.putImageData(image, 0, 0);
}

/** The packed colours of the surface, row by row from the top; 0 where nothing is. @param columns Cells in a row of the grid. */
export function densityPixels(
  scene: PlotScene,
  columns: number,
  { counts, maximum }: Pick<PlotCounts, 'counts' | 'maximum'>,
): Uint32Array {
  const { widthPx, heightPx } = scene.surface;
  const cells = scene.pixelCells;
  const pixels = new Uint32Array(widthPx * heightPx);
  for (let top = 0; top < heightPx; top += 1) {
    const y = { first: cells[2 * (widthPx + top)] ?? 0, end: cells[2 * (widthPx + top) + 1] ?? 0 };
    for (let left = 0; left < widthPx; left += 1) {
      const x = { first: cells[2 * left] ?? 0, end: cells[2 * left + 1] ?? 0 };
      const count = largestCount(counts, columns, x, y);
      if (count > 0) pixels[top * widthPx + left] = densityColor(scene.colors.density, count, maximum);
    }
  }
  return pixels;
}

function largestCount(counts: Uint32Array, columns: number, x: CellSpan, y: CellSpan): number {
  let largest = 0;
  for (let row = y.first; row < y.end; row += 1) {
    for (let column = x.first; column < x.end; column += 1) {
      largest = Math.max(largest, counts[row * columns + column] ?? 0);
    }
  }
  return largest;
}

/** The packed colour of a count on the logarithmic scale up to `maximum`. */
export function densityColor(colors: Uint32Array, count: number, maximum: number): number {
  const level = maximum > 1 ? Math.log(count) / Math.log(maximum) : 1;
  return colors[Math.min(Math.round(level * (colors.length - 1)), colors.length - 1)] ?? 0;
}
