import { FIXED_NULL } from '#common/plot/plotData';
import { numberOfWord, type CellColors } from '../cellCounts.ts';
import type { CellValue } from '../cellPlan.ts';
import type { PlotScene } from '../plotScene.ts';
import { faint } from './drawDensity.ts';
import type { PixelImage } from './pixelImage.ts';

/** Colours every pixel by the value of the first of its cells that has one. Twin of shaders/drawValues.wgsl. */
export function drawValues(
  image: PixelImage,
  scene: PlotScene,
  columns: number,
  values: CellColors,
  { value, opacity }: { readonly value: CellValue; readonly opacity: number },
): void {
  const { widthPx, heightPx } = scene.surface;
  const pixels = new Uint32Array(image.data.buffer);
  const colors = valueColors(scene.colors.density, values, value).map((color) => faint(color, opacity));
  const span = (place: number) => [scene.pixelCells[2 * place] ?? 0, scene.pixelCells[2 * place + 1] ?? 0] as const;
  for (let top = 0; top < heightPx; top += 1) {
    const rows = span(widthPx + top);
    for (let left = 0; left < widthPx; left += 1) {
      pixels[top * widthPx + left] = firstColor(colors, columns, rows, span(left));
    }
  }
}

/** The packed colour of every cell; 0 where it has none. */
function valueColors(scale: Uint32Array, { words, minimum, maximum }: CellColors, value: CellValue): Uint32Array {
  const [low, high] = [numberOfWord(minimum, value), numberOfWord(maximum, value)];
  return words.map((word) => {
    if (word === FIXED_NULL) return 0;
    const level = minimum === maximum ? 1 : (numberOfWord(word, value) - low) / (high - low);
    return scale[Math.round(Math.min(1, Math.max(0, level)) * (scale.length - 1))] ?? 0;
  });
}

function firstColor(
  colors: Uint32Array,
  columns: number,
  [firstRow, endRow]: readonly [number, number],
  [first, end]: readonly [number, number],
): number {
  for (let row = firstRow; row < endRow; row += 1) {
    for (let column = first; column < end; column += 1) {
      const color = colors[row * columns + column] ?? 0;
      if (color !== 0) return color;
    }
  }
  return 0;
}
