import type { DensityGrid } from '#common/plot/plotData';
import { cellsOfPixel, largestCount } from '../cellsOfPixel.ts';
import type { PlotScene } from '../plotScene.ts';

/** Colours every pixel of the data rectangle by its cells' largest count. Twin of shaders/drawDensity.wgsl. */
export function drawDensity(
  context: CanvasRenderingContext2D,
  scene: PlotScene,
  grid: DensityGrid,
  counts: Uint32Array,
  maximum: number,
): void {
  const { dataLeftPx, dataTopPx, dataWidthPx, dataHeightPx } = scene.surface;
  const image = context.createImageData(dataWidthPx, dataHeightPx);
  const pixels = new Uint32Array(image.data.buffer);
  const columns = Array.from({ length: dataWidthPx }, (_, pixel) => cellsOfPixel(pixel, dataWidthPx, grid.columns));
  for (let up = 0; up < dataHeightPx; up += 1) {
    const rows = cellsOfPixel(up, dataHeightPx, grid.rows);
    const start = (dataHeightPx - 1 - up) * dataWidthPx;
    columns.forEach((range, right) => {
      const count = largestCount(counts, grid.columns, range, rows);
      if (count > 0) pixels[start + right] = densityColor(scene.colors.density, count, maximum);
    });
  }
  context.putImageData(image, dataLeftPx, dataTopPx);
}

/** The packed colour of a count on the logarithmic scale up to `maximum`. */
export function densityColor(colors: Uint32Array, count: number, maximum: number): number {
  const level = maximum > 1 ? Math.log(count) / Math.log(maximum) : 1;
  return colors[Math.min(Math.round(level * (colors.length - 1)), colors.length - 1)] ?? 0;
}
