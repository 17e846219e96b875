import type { CellGrid } from '#common/plot/cellGrid';
import type { WantedFigures } from './kernels/densityValues.ts';
import { addFigures, WORDS_PER_CELL } from './valueFigures.ts';

/** What is counted from code columns as they arrive; both tiers follow it. */
export type CountPlan =
  /** Column `x` into bins; `edges` has one code more than there are bins. */
  | { readonly kind: 'histogram'; readonly edges: Uint32Array<ArrayBuffer> }
  /** Columns `x` and `y` into the cells of a grid. */
  | { readonly kind: 'density'; readonly grid: CellGrid }
  /** Figures of column `color` into the cells of a grid over `x` and `y`; five words a cell, see valueFigures.ts. */
  | { readonly kind: 'densityValues'; readonly grid: CellGrid; readonly wanted: WantedFigures };

/** Names of the columns that a plan counts. */
export function countedColumns(plan: CountPlan): readonly string[] {
  switch (plan.kind) {
    case 'histogram':
      return ['x'];
    case 'density':
      return ['x', 'y'];
    case 'densityValues':
      return ['x', 'y', 'color'];
  }
}

/** How many counts a plan gives. */
export function countLength(plan: CountPlan): number {
  switch (plan.kind) {
    case 'histogram':
      return plan.edges.length - 1;
    case 'density':
      return plan.grid.columns * plan.grid.rows;
    case 'densityValues':
      return plan.grid.columns * plan.grid.rows * WORDS_PER_CELL;
  }
}

/** Adds what another worker has counted by the same plan. */
export function addCounts(plan: CountPlan, counts: Uint32Array, others: Uint32Array): void {
  if (plan.kind === 'densityValues') {
    for (let word = 0; word < counts.length; word += WORDS_PER_CELL) addFigures(counts, others, word);
    return;
  }
  for (let index = 0; index < counts.length; index += 1) counts[index] = (counts[index] ?? 0) + (others[index] ?? 0);
}
