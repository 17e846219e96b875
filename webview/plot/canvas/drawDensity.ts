import type { DensityGrid } from '#common/plot/plotData';
import { cellsOfPixel, largestCount } from '../cellsOfPixel.ts';
import type { PlotCounts } from '../plotRenderer.ts';
import type { PlotScene } from '../plotScene.ts';

/** Colours every pixel of the data rectangle by its cells' largest count. Twin of shaders/drawDensity.wgsl. */
export function drawDensity(
  context: CanvasRenderingContext2D,
  scene: PlotScene,
  grid: DensityGrid,
  numbers: Pick<PlotCounts, 'counts' | 'maximum'>,
): void {
  const { dataLeftPx, dataTopPx, dataWidthPx, dataHeightPx } = scene.surface;
  const image = context.createImageData(dataWidthPx, dataHeightPx);
  new Uint32Array(image.data.buffer).set(densityPixels(scene, grid, numbers));
  context.putImageData(image, dataLeftPx, dataTopPx);
}

/** The packed colours of the data rectangle, row by row from the top; 0 where nothing is. */
export function densityPixels(
  scene: PlotScene,
  grid: DensityGrid,
  { counts, maximum }: Pick<PlotCounts, 'counts' | 'maximum'>,
): Uint32Array {
  const { dataWidthPx, dataHeightPx } = scene.surface;
  const pixels = new Uint32Array(dataWidthPx * dataHeightPx);
  const columns = Array.from({ length: dataWidthPx }, (_, pixel) => cellsOfPixel(pixel, dataWidthPx, grid.columns));
  for (let up = 0; up < dataHeightPx; up += 1) {
    const rows = cellsOfPixel(up, dataHeightPx, grid.rows);
    const start = (dataHeightPx - 1 - up) * dataWidthPx;
    columns.forEach((range, right) => {
      const count = largestCount(counts, grid.columns, range, rows);
      if (count > 0) pixels[start + right] = densityColor(scene.colors.density, count, maximum);
    });
  }
  return pixels;
}

/** The packed colour of a count on the logarithmic scale up to `maximum`. */
export function densityColor(colors: Uint32Array, count: number, maximum: number): number {
  const level = maximum > 1 ? Math.log(count) / Math.log(maximum) : 1;
  return colors[Math.min(Math.round(level * (colors.length - 1)), colors.length - 1)] ?? 0;
}
