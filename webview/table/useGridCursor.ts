import { computed, shallowRef } from 'vue';
import { cellAfterKey, type CellPosition, type GridExtent } from './gridKeys.ts';
import { isInside, rectangleOf } from './gridSelection.ts';

/** What a cursor needs of its grid. */
export interface GridCursorOptions {
  readonly gridId: string;
  readonly extent: () => GridExtent;
  /** The first cell on screen, where the cursor appears. */
  readonly firstCell: () => CellPosition;
  readonly bringIntoView: (cell: CellPosition) => void;
}

/** The cell of a grid that keys move, and the range of cells from another one to it. */
export function useGridCursor({ gridId, extent, firstCell, bringIntoView }: GridCursorOptions) {
  const cursor = shallowRef<CellPosition | null>(null);
  const anchor = shallowRef<CellPosition | null>(null);
  const activeCellId = computed(() => cursor.value && cellId(cursor.value.row, cursor.value.column));
  const selection = computed(() => cursor.value && rectangleOf(anchor.value ?? cursor.value, cursor.value));

  function cellId(row: number, column: number): string {
    return `${gridId}-${row}-${column}`;
  }

  function isAt(row: number, column: number): boolean {
    return cursor.value?.row === row && cursor.value.column === column;
  }

  function isSelected(row: number, column: number): boolean {
    return selection.value !== null && isInside(selection.value, row, column);
  }

  /** Puts the cursor on a cell; with `isExtending` the range grows to it. */
  function select(row: number, column: number, isExtending = false): void {
    const before = cursor.value;
    cursor.value = { row, column };
    anchor.value = isExtending ? (anchor.value ?? before ?? cursor.value) : cursor.value;
  }

  /** Selects a whole row, the cursor at its start; with `isExtending` all rows from the one that was selected first. */
  function selectRow(row: number, isExtending = false): void {
    const first = isExtending ? (anchor.value?.row ?? row) : row;
    selectRange({ row: first, column: extent().columnCount - 1 }, { row, column: 0 });
  }

  function selectRange(from: CellPosition, to: CellPosition): void {
    anchor.value = from;
    cursor.value = to;
  }

  function clear(): void {
    cursor.value = null;
    anchor.value = null;
  }

  /** The range that a key means: everything, the cursor's column, or its row. */
  function rangeOfKey(event: KeyboardEvent, { row, column }: CellPosition): [CellPosition, CellPosition] | null {
    const { rowCount, columnCount } = extent();
    const last = { row: rowCount - 1, column: columnCount - 1 };
    const isControl = event.ctrlKey || event.metaKey;
    if (isControl && event.key.toLowerCase() === 'a') return [{ row: 0, column: 0 }, last];
    if (event.key !== ' ') return null;
    if (isControl)
      return [
        { row: 0, column },
        { row: last.row, column },
      ];
    return event.shiftKey
      ? [
          { row, column: 0 },
          { row, column: last.column },
        ]
      : null;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (extent().rowCount === 0) return;
    const from = cursor.value ?? firstCell();
    const range = rangeOfKey(event, from);
    const key = { key: event.key, isControl: event.ctrlKey || event.metaKey };
    const next = cellAfterKey(from, key, extent());
    if (!next && !range) return;
    event.preventDefault();
    event.stopPropagation();
    if (range) return selectRange(...range);
    const target = cursor.value && next ? next : from;
    select(target.row, target.column, event.shiftKey);
    bringIntoView(target);
  }

  return {
    cursor,
    selection,
    activeCellId,
    cellId,
    isAt,
    isSelected,
    select,
    selectRange,
    selectRow,
    clear,
    onKeyDown,
  };
}
