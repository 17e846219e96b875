import type { ContinuousAxis, DensityGrid } from './plotData.ts';

const MIN_CELLS = 64;
const MAX_CELLS = 2048;
const CODE_BITS = 32;

type CellAxis = Pick<ContinuousAxis, 'even'>;

/**
 * The grid of power-of-two cells for a plot of that size: at most one cell a pixel, 64 to 2048 cells an axis.
 * Cells of even values hold equally many of them, one at least, so that no stripes lie between them.
 */
export function densityGrid(widthPx: number, heightPx: number, x: CellAxis = {}, y: CellAxis = {}): DensityGrid {
  const [shiftX, shiftY] = [cellShift(widthPx, x), cellShift(heightPx, y)];
  return { shiftX, shiftY, columns: 2 ** (CODE_BITS - shiftX), rows: 2 ** (CODE_BITS - shiftY) };
}

/** The fewest code bits that the cells of an axis drop: the width of one of its even values. */
export function finestShift({ even }: CellAxis): number {
  return even?.shift ?? 0;
}

function cellShift(sizePx: number, { even }: CellAxis): number {
  const mostCells = Math.min(MAX_CELLS, Math.max(MIN_CELLS, Number.isFinite(sizePx) ? sizePx : MIN_CELLS));
  if (!even) return CODE_BITS - Math.floor(Math.log2(mostCells));
  return even.shift + Math.max(0, Math.ceil(Math.log2(even.count / mostCells)));
}
