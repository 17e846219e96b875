import type { CellPosition } from './gridKeys.ts';

/** A rectangle of cells; both ends belong to it. */
export interface CellRectangle {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** The cells between two corners, the corners included. */
export function rectangleOf(anchor: CellPosition, focus: CellPosition): CellRectangle {
  return {
    firstRow: Math.min(anchor.row, focus.row),
    lastRow: Math.max(anchor.row, focus.row),
    firstColumn: Math.min(anchor.column, focus.column),
    lastColumn: Math.max(anchor.column, focus.column),
  };
}

/** Whether a cell lies in a rectangle. */
export function isInside(rectangle: CellRectangle, row: number, column: number): boolean {
  const { firstRow, lastRow, firstColumn, lastColumn } = rectangle;
  return row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn;
}

/** How many cells a rectangle has. */
export function cellCount({ firstRow, lastRow, firstColumn, lastColumn }: CellRectangle): number {
  return (lastRow - firstRow + 1) * (lastColumn - firstColumn + 1);
}
