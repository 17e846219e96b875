import type { CellSpan } from '../pixelCells.ts';
import type { PlotCounts } from '../plotRenderer.ts';
import type { PlotScene } from '../plotScene.ts';
import type { PixelImage } from './pixelImage.ts';

/** Counts whose colours are looked up instead of computed. */
const SMALL_COUNTS = 4096;
const CHANNEL_MAX = 255;
const ALPHA_SHIFT = 24;
const OPAQUE_BITS = 0xffffff;

/** Colours every pixel by its cells' largest count. Twin of shaders/drawDensity.wgsl. */
export function drawDensity(
  image: PixelImage,
  scene: PlotScene,
  columns: number,
  numbers: Pick<PlotCounts, 'counts' | 'maximum'>,
  opacity: number,
): void {
  const colors = opacity < 1 ? scene.colors.density.map((color) => faint(color, opacity)) : scene.colors.density;
  new Uint32Array(image.data.buffer).set(densityPixels(scene, columns, numbers, colors));
}

/**
 * The packed colours of the surface, row by row from the top; 0 where nothing is.
 * @param columns Cells in a row of the grid.
 * @param colors From the smallest to the largest count.
 */
export function densityPixels(
  scene: PlotScene,
  columns: number,
  { counts, maximum }: Pick<PlotCounts, 'counts' | 'maximum'>,
  colors = scene.colors.density,
): Uint32Array {
  const { widthPx, heightPx } = scene.surface;
  const cells = scene.pixelCells;
  const ofSmallCount = Uint32Array.from({ length: Math.min(maximum + 1, SMALL_COUNTS) }, (_, count) =>
    count === 0 ? 0 : densityColor(colors, count, maximum),
  );
  const pixels = new Uint32Array(widthPx * heightPx);
  let rowAbove: CellSpan = { first: -1, end: -1 };
  for (let top = 0; top < heightPx; top += 1) {
    const start = top * widthPx;
    const row = { first: cells[2 * (widthPx + top)] ?? 0, end: cells[2 * (widthPx + top) + 1] ?? 0 };
    if (row.first === rowAbove.first && row.end === rowAbove.end) {
      pixels.copyWithin(start, start - widthPx, start);
      continue;
    }
    rowAbove = row;
    for (let left = 0; left < widthPx; left += 1) {
      const count = largestCount(counts, columns, row, cells[2 * left] ?? 0, cells[2 * left + 1] ?? 0);
      if (count > 0) pixels[start + left] = ofSmallCount[count] ?? densityColor(colors, count, maximum);
    }
  }
  return pixels;
}

/** A packed colour that lets what is below it through; 0 stays nothing. */
export function faint(color: number, opacity: number): number {
  return color === 0 ? 0 : ((color & OPAQUE_BITS) | (Math.round(opacity * CHANNEL_MAX) << ALPHA_SHIFT)) >>> 0;
}

/** The largest count in the cells of one pixel: those of `row`, and columns [first, end). */
function largestCount(counts: Uint32Array, columns: number, row: CellSpan, first: number, end: number): number {
  let largest = 0;
  for (let place = row.first * columns; place < row.end * columns; place += columns) {
    for (let cell = place + first; cell < place + end; cell += 1) {
      const count = counts[cell] ?? 0;
      if (count > largest) largest = count;
    }
  }
  return largest;
}

/** The packed colour of a count on the logarithmic scale up to `maximum`. */
export function densityColor(colors: Uint32Array, count: number, maximum: number): number {
  const level = maximum > 1 ? Math.log(count) / Math.log(maximum) : 1;
  return colors[Math.min(Math.round(level * (colors.length - 1)), colors.length - 1)] ?? 0;
}
