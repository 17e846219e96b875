import type { DensityGrid } from '#common/plot/plotData';
import type { CodeRange } from './codeRange.ts';

/**
 * Cells of a power-of-two grid: `columns` by `rows` of them, from a first one on; rows of the table outside are not counted.
 * The first column and row are 0 when absent.
 */
export interface CellGrid extends DensityGrid {
  readonly firstColumn?: number;
  readonly firstRow?: number;
}

/** The finest power-of-two cells that cover a window with no more columns and rows than `most` has; edge cells are whole. */
export function cellsWithin(x: CodeRange, y: CodeRange, most: DensityGrid): CellGrid {
  const across = cellsAlong(x, most.columns);
  const up = cellsAlong(y, most.rows);
  return {
    shiftX: across.shift,
    shiftY: up.shift,
    firstColumn: across.first,
    firstRow: up.first,
    columns: across.count,
    rows: up.count,
  };
}

function cellsAlong({ low, high }: CodeRange, most: number): { shift: number; first: number; count: number } {
  let shift = 0;
  const cellOf = (code: number) => Math.floor(code / 2 ** shift);
  while (cellOf(high - 1) - cellOf(low) >= most) shift += 1;
  return { shift, first: cellOf(low), count: cellOf(high - 1) - cellOf(low) + 1 };
}
