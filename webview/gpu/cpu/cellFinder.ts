import { FIXED_NULL } from '#common/plot/plotData';
import type { CellGrid } from '#common/plot/cellGrid';

/**
 * A function that gives the cell of two codes, row 0 at the bottom: ((y >> shiftY) - firstRow) * columns + (x >> shiftX) - firstColumn.
 * It is -1 where either is FIXED_NULL and outside the cells.
 */
export function cellFinder(grid: CellGrid): (x: number, y: number) => number {
  const { shiftX, shiftY, columns, rows, firstColumn = 0, firstRow = 0 } = grid;
  return (x, y) => {
    const column = ((x >>> shiftX) - firstColumn) >>> 0;
    const row = ((y >>> shiftY) - firstRow) >>> 0;
    if (x === FIXED_NULL || y === FIXED_NULL || column >= columns || row >= rows) return -1;
    return row * columns + column;
  };
}
