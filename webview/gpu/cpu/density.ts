import { FIXED_NULL } from '#common/plot/plotData';
import type { CellGrid } from '#common/plot/cellGrid';

/** FIXED_NULL as a signed number. */
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
export function isWhole({ shiftX, shiftY, columns, rows, firstColumn = 0, firstRow = 0 }: CellGrid): boolean {
  const isAll = (cells: number, shift: number) => cells === 2 ** (CODE_BITS - shift);
  return firstColumn === 0 && firstRow === 0 && isAll(columns, shiftX) && isAll(rows, shiftY);
}

/** Rows of one turn of the loop: what one waits for does not hold up the others, and one test tells that none is null. */
const ROWS_A_TURN = 4;

function addToWholeGrid(x: Uint32Array, y: Uint32Array, grid: CellGrid, counts: Uint32Array): void {
  const { shiftX, shiftY } = grid;
  const columnBits = CODE_BITS - shiftX;
  const [codesX, codesY, cells] = [signed(x), signed(y), signed(counts)];
  const end = x.length - (x.length % ROWS_A_TURN);
  for (let row = 0; row < end; row += ROWS_A_TURN) {
    const x0 = codesX[row] ?? SIGNED_NULL;
    const x1 = codesX[row + 1] ?? SIGNED_NULL;
    const x2 = codesX[row + 2] ?? SIGNED_NULL;
    const x3 = codesX[row + 3] ?? SIGNED_NULL;
    const y0 = codesY[row] ?? SIGNED_NULL;
    const y1 = codesY[row + 1] ?? SIGNED_NULL;
    const y2 = codesY[row + 2] ?? SIGNED_NULL;
    const y3 = codesY[row + 3] ?? SIGNED_NULL;
    const isNullX = x0 === SIGNED_NULL || x1 === SIGNED_NULL || x2 === SIGNED_NULL || x3 === SIGNED_NULL;
    if (isNullX || y0 === SIGNED_NULL || y1 === SIGNED_NULL || y2 === SIGNED_NULL || y3 === SIGNED_NULL) {
      for (let each = row; each < row + ROWS_A_TURN; each += 1) {
        const codeX = codesX[each] ?? SIGNED_NULL;
        const codeY = codesY[each] ?? SIGNED_NULL;
        if (codeX === SIGNED_NULL || codeY === SIGNED_NULL) continue;
        const cell = ((codeY >>> shiftY) << columnBits) | (codeX >>> shiftX);
        cells[cell] = (cells[cell] ?? 0) + 1;
      }
      continue;
    }
    const cell0 = ((y0 >>> shiftY) << columnBits) | (x0 >>> shiftX);
    const cell1 = ((y1 >>> shiftY) << columnBits) | (x1 >>> shiftX);
    const cell2 = ((y2 >>> shiftY) << columnBits) | (x2 >>> shiftX);
    const cell3 = ((y3 >>> shiftY) << columnBits) | (x3 >>> shiftX);
    cells[cell0] = (cells[cell0] ?? 0) + 1;
    cells[cell1] = (cells[cell1] ?? 0) + 1;
    cells[cell2] = (cells[cell2] ?? 0) + 1;
    cells[cell3] = (cells[cell3] ?? 0) + 1;
  }
  addToWindow(x.subarray(end), y.subarray(end), grid, counts);
}

/** The same words as signed numbers, which loops reckon with faster. */
function signed(words: Uint32Array): Int32Array {
  return new Int32Array(words.buffer, words.byteOffset, words.length);
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
