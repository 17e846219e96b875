import type { CellGrid } from './cellGrid.ts';

/** What is counted from code columns as they arrive; both tiers follow it. */
export type CountPlan =
  /** Column `x` into bins; `edges` has one code more than there are bins. */
  | { readonly kind: 'histogram'; readonly edges: Uint32Array<ArrayBuffer> }
  /** Columns `x` and `y` into the cells of a grid. */
  | { readonly kind: 'density'; readonly grid: CellGrid };

/** Names of the columns that a plan counts. */
export function countedColumns(plan: CountPlan): readonly string[] {
  switch (plan.kind) {
    case 'histogram':
      return ['x'];
    case 'density':
      return ['x', 'y'];
  }
}

/** How many counts a plan gives. */
export function countLength(plan: CountPlan): number {
  switch (plan.kind) {
    case 'histogram':
      return plan.edges.length - 1;
    case 'density':
      return plan.grid.columns * plan.grid.rows;
  }
}
