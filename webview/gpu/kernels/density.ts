import source, { structs } from '#shaders/density.wgsl';
import type { CellGrid } from '#common/plot/cellGrid';
import type { CommandList } from '../commandList.ts';
import { computePipeline } from '../pipelines.ts';
import { pairedChunks, type CodePairs } from './codePairs.ts';
import { dispatchRows, WORKGROUP_SIZE } from './dispatchRows.ts';
import { gridBytes } from './gridBytes.ts';

/**
 * Encodes adding the rows per cell to `counts`; a row with FIXED_NULL on either axis or outside the cells is skipped.
 * @param counts `grid.columns * grid.rows` u32, row 0 at the bottom; cleared by the caller before the first slice.
 */
export function encodeDensity(commands: CommandList, pairs: CodePairs, grid: CellGrid, counts: GPUBuffer): void {
  const pipeline = computePipeline(commands.gpu.device, { label: 'density', source }, 'count_cells', {
    WORKGROUP_SIZE,
  });
  const passBuffers = [commands.uniform(gridBytes(structs['Grid'], grid), 'grid'), counts];
  const chunks = pairedChunks(pairs);
  dispatchRows(commands, { pipeline, rowsLayout: structs['Rows'], chunks, passBuffers });
}
