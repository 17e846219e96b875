import { isIntegerType } from './fieldKind.ts';
import type { ContinuousAxis, DensityGrid } from './plotData.ts';

const MIN_CELLS = 64;
const MAX_CELLS = 2048;
const CODE_BITS = 32;
/** A word shifted by all of its bits is not zero, in JavaScript and in WGSL alike. */
const MOST_SHIFT = CODE_BITS - 1;

type CellAxis = Pick<ContinuousAxis, 'type' | 'step' | 'scale'>;

/**
 * The grid of power-of-two cells for a plot of that size: at most one cell a pixel, 64 to 2048 cells an axis.
 * Cells of whole numbers are at least one number wide, so that no empty stripes lie between them.
 */
export function densityGrid(widthPx: number, heightPx: number, x?: CellAxis, y?: CellAxis): DensityGrid {
  const shiftX = Math.max(CODE_BITS - cellBits(widthPx), x ? finestShift(x) : 0);
  const shiftY = Math.max(CODE_BITS - cellBits(heightPx), y ? finestShift(y) : 0);
  return { shiftX, shiftY, columns: 2 ** (CODE_BITS - shiftX), rows: 2 ** (CODE_BITS - shiftY) };
}

/** The fewest code bits that the cells of an axis drop: the width of one, where its values are whole numbers. */
export function finestShift({ type, step, scale }: CellAxis): number {
  if (!isIntegerType(type) || (scale !== undefined && scale !== 'linear') || step === 0) return 0;
  return Math.min(MOST_SHIFT, Math.max(0, Math.ceil(Math.log2(1 / step))));
}

function cellBits(sizePx: number): number {
  const size = Number.isFinite(sizePx) ? sizePx : MIN_CELLS;
  return Math.floor(Math.log2(Math.min(MAX_CELLS, Math.max(MIN_CELLS, size))));
}
