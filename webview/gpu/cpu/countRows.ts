import type { CountPlan } from '../countPlan.ts';
import { addDensity } from './density.ts';
import { addDensityValues } from './densityValues.ts';
import { addHistogram } from './histogram.ts';

/** Adds a batch's rows to `counts` as the plan says; `columns` are in the order of `countedColumns`. */
export function countRows(plan: CountPlan, columns: readonly Uint32Array[], counts: Uint32Array): void {
  const [x = new Uint32Array(0), y = new Uint32Array(0), value = new Uint32Array(0)] = columns;
  switch (plan.kind) {
    case 'histogram':
      addHistogram(x, plan.edges, counts);
      return;
    case 'density':
      addDensity(x, y, plan.grid, counts);
      return;
    case 'densityValues':
      addDensityValues({ x, y, value }, plan.grid, counts);
      return;
  }
}
