import type { CellAggregate } from './plotData.ts';
import type { PlotSpec } from './plotSpec.ts';

/** Aggregates that the colour of a cell of a scatter can stand for. */
export const CELL_AGGREGATES: readonly CellAggregate[] = ['mean', 'sum', 'min', 'max'];

/** What the colours of a scatter's cells tell of a third column; null where every row has its own colour. */
export function cellAggregate({ color }: PlotSpec): CellAggregate | null {
  if (color?.field === undefined) return null;
  return CELL_AGGREGATES.find((aggregate) => aggregate === color.aggregate) ?? null;
}
