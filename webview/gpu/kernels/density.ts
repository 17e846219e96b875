import source, { structs } from '#shaders/density.wgsl';
import type { CellGrid } from '../cellGrid.ts';
import type { CodeSlice } from '../codeColumn.ts';
import type { CommandList } from '../commandList.ts';
import { computePipeline } from '../pipelines.ts';
import { structBytes } from '../structBytes.ts';
import { dispatchRows, WORKGROUP_SIZE } from './dispatchRows.ts';

/** Two columns to be counted together; slices of the same rows, pair by pair. */
export interface CodePairs {
  readonly x: readonly CodeSlice[];
  readonly y: readonly CodeSlice[];
}

/**
 * Encodes adding the rows per cell to `counts`; a row with FIXED_NULL on either axis or outside the cells is skipped.
 * @param counts `grid.columns * grid.rows` u32, row 0 at the bottom; cleared by the caller before the first slice.
 */
export function encodeDensity(commands: CommandList, pairs: CodePairs, grid: CellGrid, counts: GPUBuffer): void {
  const pipeline = computePipeline(commands.gpu.device, { label: 'density', source }, 'count_cells', {
    WORKGROUP_SIZE,
  });
  const uniform = structBytes(structs['Grid'], {
    shift_x: grid.shiftX,
    shift_y: grid.shiftY,
    first_column: grid.firstColumn ?? 0,
    first_row: grid.firstRow ?? 0,
    columns: grid.columns,
    rows: grid.rows,
  });
  const passBuffers = [commands.uniform(uniform, 'grid'), counts];
  const chunks = pairs.x.map((x, index) => {
    const y = pairs.y[index];
    if (!y || y.firstRow !== x.firstRow || y.endRow !== x.endRow)
      throw new Error('The two columns have different rows.');
    return [x, y];
  });
  dispatchRows(commands, { pipeline, rowsLayout: structs['Rows'], chunks, passBuffers });
}
