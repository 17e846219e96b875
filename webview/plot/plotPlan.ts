import { edgeCodes } from '#common/plot/fixedPoint';
import type { PlotHeader, ScatterHeader } from '#common/plot/plotData';
import type { CountPlan } from '../gpu/countPlan.ts';
import type { ShownPart } from './view/shownPart.ts';

/** What is drawn: bars, coloured cells, discs, lines, or the shapes of groups. */
export type PlotMarks = 'bars' | 'density' | 'points' | 'line' | 'shapes';

/** Column of an aggregated batch that says which count a row adds to. */
export type IndexField = 'bin' | 'cell' | 'category';

/** How a header's batches become a picture. */
export interface PlotPlan {
  readonly marks: PlotMarks;
  /** Rows counted here, counts that arrive ready made, or none (lines). */
  readonly counting:
    | { readonly from: 'rows'; readonly plan: CountPlan }
    | { readonly from: 'counts'; readonly index: IndexField }
    | null;
  /** Length of the count array; 0 when nothing is counted. */
  readonly countLength: number;
  /** Rows that will come, 0 when unknown. */
  readonly expectedRows: number;
}

const MOST_POINTS = 20_000;

/** How a header's batches are counted and drawn. */
export function planPlot(header: PlotHeader): PlotPlan {
  const expectedRows = header.strategy === 'columns' ? header.rowCount : 0;
  switch (header.plotKind) {
    case 'histogram': {
      const counting =
        header.strategy === 'columns'
          ? ({ from: 'rows', plan: { kind: 'histogram', edges: edgeCodes(header.edges, header.x) } } as const)
          : ({ from: 'counts', index: 'bin' } as const);
      return { marks: 'bars', counting, countLength: header.edges.length - 1, expectedRows };
    }
    case 'scatter': {
      const isStyled = header.color !== undefined || header.size !== undefined;
      if (isStyled && header.strategy === 'aggregate') {
        return { marks: 'points', counting: { from: 'counts', index: 'category' }, countLength: 1, expectedRows };
      }
      const marks = isStyled || hasFewPoints(header) ? 'points' : 'density';
      const counting =
        header.strategy === 'columns'
          ? ({ from: 'rows', plan: { kind: 'density', grid: header.grid } } as const)
          : ({ from: 'counts', index: 'cell' } as const);
      return { marks, counting, countLength: header.grid.columns * header.grid.rows, expectedRows };
    }
    case 'line':
      return { marks: 'line', counting: null, countLength: 0, expectedRows };
    case 'bars':
      return {
        marks: 'bars',
        counting: { from: 'counts', index: 'category' },
        countLength: header.x.categories.length,
        expectedRows,
      };
    case 'groups':
      return { marks: 'shapes', counting: { from: 'counts', index: 'category' }, countLength: 1, expectedRows };
  }
}

/** What a part of a plot with `countedRows` rows in it is drawn with: cells of a scatter become discs where they are few. */
export function marksInView(plan: PlotPlan, part: ShownPart, countedRows: number): PlotMarks {
  if (plan.marks !== 'density' || plan.counting?.from !== 'rows' || !part.isZoomed) return plan.marks;
  return countedRows <= MOST_POINTS ? 'points' : 'density';
}

/** What the rows of a part of a plot are counted by; null where nothing is counted from rows. */
export function countPlanOf(plan: PlotPlan, part: ShownPart): CountPlan | null {
  return plan.counting?.from === 'rows' ? (part.recount ?? plan.counting.plan) : null;
}

/** Whether a scatter plot shows its rows one by one instead of as coloured cells. */
export function hasFewPoints(header: ScatterHeader): boolean {
  return header.strategy === 'columns' && header.drawableCount <= MOST_POINTS;
}
