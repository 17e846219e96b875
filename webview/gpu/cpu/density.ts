import { FIXED_NULL } from '#common/plot/plotData';
import type { CellGrid } from '../cellGrid.ts';

/** FIXED_NULL as the signed number that loops compare with faster. */
const SIGNED_NULL = FIXED_NULL | 0;
const CODE_BITS = 32;

/**
 * Adds the rows per cell to `counts`: cell = ((y >> shiftY) - firstRow) * columns + (x >> shiftX) - firstColumn, row 0 at
 * the bottom. A row with FIXED_NULL on either axis or outside the cells is skipped. Twin of shaders/density.wgsl.
 */
export function addDensity(x: Uint32Array, y: Uint32Array, grid: CellGrid, counts: Uint32Array): void {
  if (isWhole(grid)) addToWholeGrid(x, y, grid, counts);
  else addToWindow(x, y, grid, counts);
}

/** Whether every code lies in a cell, and the columns are a power of two. */
function isWhole({ shiftX, shiftY, columns, rows, firstColumn = 0, firstRow = 0 }: CellGrid): boolean {
  const isAll = (cells: number, shift: number) => cells === 2 ** (CODE_BITS - shift);
  return firstColumn === 0 && firstRow === 0 && isAll(columns, shiftX) && isAll(rows, shiftY);
}

/** Two rows a turn, so that the second one does not wait for the first one's cell. */
function addToWholeGrid(x: Uint32Array, y: Uint32Array, { shiftX, shiftY }: CellGrid, counts: Uint32Array): void {
  const columnBits = CODE_BITS - shiftX;
  const add = (row: number) => {
    const codeX = (x[row] ?? FIXED_NULL) | 0;
    const codeY = (y[row] ?? FIXED_NULL) | 0;
    if (codeX === SIGNED_NULL || codeY === SIGNED_NULL) return;
    const cell = ((codeY >>> shiftY) << columnBits) | (codeX >>> shiftX);
    counts[cell] = (counts[cell] ?? 0) + 1;
  };
  const pairsEnd = x.length & ~1;
  for (let row = 0; row < pairsEnd; row += 2) {
    add(row);
    add(row + 1);
  }
  if (pairsEnd < x.length) add(pairsEnd);
}

function addToWindow(x: Uint32Array, y: Uint32Array, grid: CellGrid, counts: Uint32Array): void {
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
