import type { CellAggregate, ScatterHeader } from '#common/plot/plotData';
import type { CellGrid } from '#common/plot/cellGrid';
import type { CountPlan } from '../gpu/countPlan.ts';
import type { CodeScale } from '../gpu/valueFigures.ts';

/** What the colours of cells tell of the values in them, and what the codes of these stand for. */
export interface CellValue extends CodeScale {
  readonly aggregate: CellAggregate;
}

/** What a scatter's cells are coloured by; null where they are coloured by their rows' number. */
export function cellValueOf({ cellValue, color }: ScatterHeader): CellValue | null {
  if (cellValue === undefined || !color || color.kind === 'nominal') return null;
  return { aggregate: cellValue, origin: color.origin, step: color.step };
}

/** What the rows of a scatter are counted by in some cells. */
export function cellPlan(header: ScatterHeader, grid: CellGrid): CountPlan {
  const value = cellValueOf(header);
  if (!value) return { kind: 'density', grid };
  const hasSums = value.aggregate === 'mean' || value.aggregate === 'sum';
  return { kind: 'densityValues', grid, wanted: { sums: hasSums, extremes: !hasSums } };
}
