import type { DensityGrid } from './plotData.ts';
import type { CodeRange } from './codeRange.ts';

/**
 * Cells of a power-of-two grid: `columns` by `rows` of them, from a first one on; rows of the table outside are not counted.
 * The first column and row are 0 when absent.
 */
export interface CellGrid extends DensityGrid {
  readonly firstColumn?: number;
  readonly firstRow?: number;
}

const FINEST_CELLS: Pick<DensityGrid, 'shiftX' | 'shiftY'> = { shiftX: 0, shiftY: 0 };

/** The finest power-of-two cells that cover a window with no more columns and rows than `most` has, and are no finer than `finest`; edge cells are whole. */
export function cellsWithin(x: CodeRange, y: CodeRange, most: DensityGrid, finest = FINEST_CELLS): CellGrid {
  const across = cellsAlong(x, most.columns, finest.shiftX);
  const up = cellsAlong(y, most.rows, finest.shiftY);
  return {
    shiftX: across.shift,
    shiftY: up.shift,
    firstColumn: across.first,
    firstRow: up.first,
    columns: across.count,
    rows: up.count,
  };
}

function cellsAlong(
  { low, high }: CodeRange,
  most: number,
  finest: number,
): { shift: number; first: number; count: number } {
  let shift = finest;
  const cellOf = (code: number) => Math.floor(code / 2 ** shift);
  while (cellOf(high - 1) - cellOf(low) >= most) shift += 1;
  return { shift, first: cellOf(low), count: cellOf(high - 1) - cellOf(low) + 1 };
}
