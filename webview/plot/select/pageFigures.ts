import { selectedRowNumbers } from '../../gpu/cpu/countSelected.ts';
import { selectionFigures } from '../../gpu/cpu/selectionFigures.ts';
import type { RowTest } from '../../gpu/rowTest.ts';
import type { SelectionFigures } from '../../gpu/selectionFigures.ts';
import { columnOf, type PlotBatch } from '../plotBatch.ts';
import type { PlotPlan } from '../plotPlan.ts';

/** What is told of the selected rows of batches that are in the page. */
export function pageFigures(
  { figureColumns, categories }: PlotPlan,
  batches: readonly PlotBatch[],
  test: RowTest,
): SelectionFigures {
  const column = (name: string) => batches.map((batch) => columnOf(batch, name));
  const rows = selectedRowNumbers(test, column('x'), figureColumns.includes('y') ? column('y') : null);
  const groups = categories ? column(categories.column) : null;
  return selectionFigures(
    { columns: figureColumns.map(column), categories: groups, categoryCount: categories?.count ?? 0 },
    rows,
  );
}
