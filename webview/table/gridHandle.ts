import type { CellRectangle } from './gridSelection.ts';
import type { GridColumn } from './useGridCells.ts';

/** What a column's menu can do besides filtering. */
export type ColumnAction =
  'ascending' | 'descending' | 'pin' | 'left' | 'right' | 'hide' | 'fit' | 'select' | 'show-all';

/** What a grid does for the card around it. */
export interface GridHandle {
  readonly selection: CellRectangle | null;
  goTo(target: { row?: number; key?: string }): void;
  fit(head: GridColumn): void;
  selectColumn(key: string): void;
  openCell(): void;
  focus(): void;
}
