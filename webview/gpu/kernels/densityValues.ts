import source, { structs } from '#shaders/densityValues.wgsl';
import type { CellGrid } from '#common/plot/cellGrid';
import type { CodeSlice } from '../codeColumn.ts';
import type { CommandList } from '../commandList.ts';
import { computePipeline } from '../pipelines.ts';
import { pairedChunks, type CodePairs } from './codePairs.ts';
import { dispatchRows, WORKGROUP_SIZE } from './dispatchRows.ts';
import { gridBytes } from './gridBytes.ts';

/** Columns of places and of what is summed up there; slices of the same rows. */
export interface ValueColumns extends CodePairs {
  readonly value: readonly CodeSlice[];
}

/** Which figures are wanted; counts always are. */
export interface WantedFigures {
  readonly sums: boolean;
  readonly extremes: boolean;
}

/**
 * Encodes adding the figures of `columns.value` per cell to `figures`; a row with FIXED_NULL in any column or outside the
 * cells is skipped.
 * @param figures `WORDS_PER_CELL` u32 per cell, row 0 at the bottom; cleared by the caller before the first slice.
 */
export function encodeDensityValues(
  commands: CommandList,
  columns: ValueColumns,
  grid: CellGrid,
  wanted: WantedFigures,
  figures: GPUBuffer,
): void {
  const program = { label: 'densityValues', source };
  const pipeline = computePipeline(commands.gpu.device, program, 'add_values', {
    WORKGROUP_SIZE,
    WANTS_SUMS: wanted.sums ? 1 : 0,
    WANTS_EXTREMES: wanted.extremes ? 1 : 0,
  });
  const passBuffers = [commands.uniform(gridBytes(structs['Grid'], grid), 'grid'), figures];
  const withX = pairedChunks({ x: columns.x, y: columns.value });
  const chunks = pairedChunks(columns).map((pair, index) => [...pair, ...(withX[index]?.slice(1) ?? [])]);
  dispatchRows(commands, { pipeline, rowsLayout: structs['Rows'], chunks, passBuffers });
}
