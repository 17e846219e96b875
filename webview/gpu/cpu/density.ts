import { FIXED_NULL } from '#common/plot/plotData';
import type { CellGrid } from '../cellGrid.ts';

/**
 * Adds the rows per cell to `counts`: cell = ((y >> shiftY) - firstRow) * columns + (x >> shiftX) - firstColumn, row 0 at
 * the bottom. A row with FIXED_NULL on either axis or outside the cells is skipped. Twin of shaders/density.wgsl.
 */
export function addDensity(x: Uint32Array, y: Uint32Array, grid: CellGrid, counts: Uint32Array): void {
  const { shiftX, shiftY, columns, rows, firstColumn = 0, firstRow = 0 } = grid;
  for (let index = 0; index < x.length; index += 1) {
    const codeX = x[index] ?? FIXED_NULL;
    const codeY = y[index] ?? FIXED_NULL;
    if (codeX === FIXED_NULL || codeY === FIXED_NULL) continue;
    const column = ((codeX >>> shiftX) - firstColumn) >>> 0;
    const row = ((codeY >>> shiftY) - firstRow) >>> 0;
    if (column >= columns || row >= rows) continue;
    const cell = row * columns + column;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
}
