import { computed, shallowRef } from 'vue';
import { cellAfterKey, type CellPosition, type GridExtent } from './gridKeys.ts';

/** What a cursor needs of its grid. */
export interface GridCursorOptions {
  readonly gridId: string;
  readonly extent: () => GridExtent;
  /** The first cell on screen, where the cursor appears. */
  readonly firstCell: () => CellPosition;
  readonly bringIntoView: (cell: CellPosition) => void;
}

/** The one cell of a grid that keys move and that is copied. */
export function useGridCursor({ gridId, extent, firstCell, bringIntoView }: GridCursorOptions) {
  const cursor = shallowRef<CellPosition | null>(null);
  const activeCellId = computed(() => cursor.value && cellId(cursor.value.row, cursor.value.column));

  function cellId(row: number, column: number): string {
    return `${gridId}-${row}-${column}`;
  }

  function isAt(row: number, column: number): boolean {
    return cursor.value?.row === row && cursor.value.column === column;
  }

  function select(row: number, column: number): void {
    cursor.value = { row, column };
  }

  function onKeyDown(event: KeyboardEvent): void {
    const from = cursor.value ?? firstCell();
    const key = { key: event.key, isControl: event.ctrlKey || event.metaKey };
    const next = cellAfterKey(from, key, extent());
    if (!next || extent().rowCount === 0) return;
    event.preventDefault();
    event.stopPropagation();
    cursor.value = cursor.value ? next : from;
    bringIntoView(cursor.value);
  }

  return { cursor, activeCellId, cellId, isAt, select, onKeyDown };
}
