import type { DensityGrid } from './plotData.ts';

const MIN_CELLS = 64;
const MAX_CELLS = 2048;
const CODE_BITS = 32;

/** The grid of power-of-two cells for a plot of that size: at most one cell a pixel, 64 to 2048 cells an axis. */
export function densityGrid(widthPx: number, heightPx: number): DensityGrid {
  const columnBits = cellBits(widthPx);
  const rowBits = cellBits(heightPx);
  return {
    shiftX: CODE_BITS - columnBits,
    shiftY: CODE_BITS - rowBits,
    columns: 2 ** columnBits,
    rows: 2 ** rowBits,
  };
}

function cellBits(sizePx: number): number {
  const size = Number.isFinite(sizePx) ? sizePx : MIN_CELLS;
  return Math.floor(Math.log2(Math.min(MAX_CELLS, Math.max(MIN_CELLS, size))));
}
