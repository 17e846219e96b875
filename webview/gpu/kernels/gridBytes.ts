import type { CellGrid } from '#common/plot/cellGrid';
import { structBytes, type StructLayout } from '../structBytes.ts';

/** A grid as shaders/lib/grid.wgsl takes it. */
export function gridBytes(layout: StructLayout | undefined, grid: CellGrid): ArrayBuffer {
  return structBytes(layout, {
    shift_x: grid.shiftX,
    shift_y: grid.shiftY,
    first_column: grid.firstColumn ?? 0,
    first_row: grid.firstRow ?? 0,
    columns: grid.columns,
    rows: grid.rows,
  });
}
