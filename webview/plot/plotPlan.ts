import { edgeCodes } from '#common/plot/fixedPoint';
import type { PlotHeader, ScatterHeader } from '#common/plot/plotData';
import { hasFewPoints } from '#common/plot/scatterForm';
import { countLength, type CountPlan } from '../gpu/countPlan.ts';
import { cellPlan, cellValueOf, type CellValue } from './cellPlan.ts';
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
  /** What cells are coloured by; null where it is their rows' number. */
  readonly value: CellValue | null;
  /** Columns of values that are told of over a selection. */
  readonly figureColumns: readonly ('x' | 'y')[];
  /** The column of categories or lines, and how many there are; null without. */
  readonly categories: { readonly column: 'color' | 'series'; readonly count: number } | null;
  /** Rows that the whole plot shows. */
  readonly drawableRows: number;
}

/** Rows in view per pixel up to which a scatter shows discs alone, and from which on it shows cells alone. */
const DISCS_UP_TO = 0.05;
const CELLS_FROM = 0.2;

/** How a header's batches are counted and drawn. */
export function planPlot(header: PlotHeader): PlotPlan {
  const value = header.plotKind === 'scatter' ? cellValueOf(header) : null;
  const shared = { value, figureColumns: figureColumns(header), categories: categoriesOf(header) };
  return { ...planMarks(header), ...shared, drawableRows: header.drawableCount };
}

function figureColumns(header: PlotHeader): PlotPlan['figureColumns'] {
  if (header.plotKind === 'histogram') return ['x'];
  return header.plotKind === 'scatter' || header.plotKind === 'line' ? ['x', 'y'] : [];
}

function categoriesOf(header: PlotHeader): PlotPlan['categories'] {
  if (header.plotKind === 'line')
    return header.series.length > 1 ? { column: 'series', count: header.series.length } : null;
  if (header.plotKind !== 'scatter' || header.color?.kind !== 'nominal') return null;
  return { column: 'color', count: header.color.categories.length };
}

/** Whether every row of a scatter has a colour or a size of its own. */
export function isStyled({ cellValue, color, size }: ScatterHeader): boolean {
  return cellValue === undefined && (color !== undefined || size !== undefined);
}

type MarksPlan = Pick<PlotPlan, 'marks' | 'counting' | 'countLength' | 'expectedRows'>;

function planMarks(header: PlotHeader): MarksPlan {
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
      if (isStyled(header) && header.strategy === 'aggregate') {
        return { marks: 'points', counting: { from: 'counts', index: 'category' }, countLength: 1, expectedRows };
      }
      const plan = cellPlan(header, header.grid);
      const marks = isStyled(header) || hasFewPoints(header) ? 'points' : 'density';
      const counting =
        header.strategy === 'columns'
          ? ({ from: 'rows', plan } as const)
          : ({ from: 'counts', index: 'cell' } as const);
      return { marks, counting, countLength: countLength(plan), expectedRows };
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

/** What a part of a plot is told about as: where a scatter shows both cells and discs, those that are seen better. */
export function marksInView(plan: PlotPlan, part: ShownPart, countedRows: number): PlotMarks {
  if (plan.marks !== 'density') return plan.marks;
  return discShare(plan, part, countedRows) >= 0.5 ? 'points' : 'density';
}

/**
 * How far a scatter has turned from cells (0) into discs (1) for so many rows in view. It changes without a step while the
 * window does, and only then: nothing pops, and nothing moves by itself.
 */
export function discShare(plan: PlotPlan, part: ShownPart, countedRows: number): number {
  const hasRows = plan.counting?.from === 'rows' || part.points !== null;
  if (plan.marks !== 'density' || !hasRows || part.areaPx === 0) return 0;
  return discsOf(part.isZoomed ? countedRows : plan.drawableRows, part.areaPx);
}

/** The same for so many rows on an area. */
export function discsOf(rows: number, areaPx: number): number {
  const share = Math.log((CELLS_FROM * areaPx) / Math.max(1, rows)) / Math.log(CELLS_FROM / DISCS_UP_TO);
  const within = Math.min(1, Math.max(0, share));
  return within * within * (3 - 2 * within);
}

/** What the rows of a part of a plot are counted by; null where nothing is counted from rows. */
export function countPlanOf(plan: PlotPlan, part: ShownPart): CountPlan | null {
  return plan.counting?.from === 'rows' ? (part.recount ?? plan.counting.plan) : null;
}
