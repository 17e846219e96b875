import { FIXED_NULL } from '#common/plot/plotData';
import type { CellGrid } from '#common/plot/cellGrid';
import { addToExtremes, addToSum, WORDS_PER_CELL, WORDS_PER_SUM } from '../valueFigures.ts';
import { cellFinder } from './cellFinder.ts';

/** Three columns of the same rows. */
export interface ValueRows {
  readonly x: Uint32Array;
  readonly y: Uint32Array;
  readonly value: Uint32Array;
}

/**
 * Adds the figures of `value` per cell to `figures`, `WORDS_PER_CELL` words each; see valueFigures.ts. A row with FIXED_NULL
 * in any column or outside the cells is skipped. Twin of shaders/densityValues.wgsl.
 */
export function addDensityValues({ x, y, value }: ValueRows, grid: CellGrid, figures: Uint32Array): void {
  const cellOf = cellFinder(grid);
  for (let row = 0; row < x.length; row += 1) {
    const code = value[row] ?? FIXED_NULL;
    const cell = code === FIXED_NULL ? -1 : cellOf(x[row] ?? FIXED_NULL, y[row] ?? FIXED_NULL);
    if (cell < 0) continue;
    addToSum(figures, cell * WORDS_PER_CELL, code);
    addToExtremes(figures, cell * WORDS_PER_CELL + WORDS_PER_SUM, code);
  }
}
