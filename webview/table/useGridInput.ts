import type { ComputedRef, Ref } from 'vue';
import type { ColumnInfo } from '#common/protocol/engineContract';
import type { CellPosition } from './gridKeys.ts';
import type { CellRectangle } from './gridSelection.ts';
import type { CellText, VisibleCells } from './rowPages.ts';
import type { ShownColumns } from './tableState.ts';
import type { GridColumn } from './useGridCells.ts';
import type { useGridCursor } from './useGridCursor.ts';

/** A cell that was opened or whose menu was asked for. */
export interface ChosenCell {
  readonly row: number;
  readonly column: ColumnInfo;
  readonly key: string;
  readonly text: string | null;
}

/** What keys and the pointer act on in a grid, and whom they tell. */
export interface GridInputOptions {
  readonly columns: readonly ColumnInfo[];
  readonly keys: readonly string[];
  /** Rows that can only be looked at. */
  readonly isPlain: () => boolean;
  readonly scroller: Readonly<Ref<HTMLElement | null>>;
  readonly shown: ComputedRef<ShownColumns>;
  readonly heads: ComputedRef<readonly GridColumn[]>;
  readonly visible: ComputedRef<VisibleCells>;
  readonly gridCursor: ReturnType<typeof useGridCursor>;
  readonly textAt: (row: number, index: number) => CellText;
  readonly copy: (rectangle: CellRectangle) => void;
  readonly open: (cell: ChosenCell) => void;
  readonly find: (what: 'column' | 'row') => void;
  readonly pin: (row: number) => void;
  readonly openMenu: (head: GridColumn, at: DOMRect) => void;
  readonly openCellMenu: (cell: ChosenCell, at: { readonly x: number; readonly y: number }) => void;
}

/** Keys, clicks and copying in a grid. */
export function useGridInput(options: GridInputOptions) {
  const { columns, keys, isPlain, scroller, shown, heads, visible, textAt } = options;
  const { cursor, selection, cellId, isSelected, select, selectRow, onKeyDown } = options.gridCursor;

  function cellAt(row: number, position: number): ChosenCell | null {
    const index = shown.value.indexes[position] ?? -1;
    const column = columns[index];
    const text = textAt(row, index);
    return !column || text === undefined ? null : { row, column, key: keys[index] ?? '', text };
  }

  function onCopy(event: ClipboardEvent): void {
    if (!selection.value || isPlain()) return;
    event.preventDefault();
    options.copy(selection.value);
  }

  function openCell(): void {
    const cell = cursor.value && cellAt(cursor.value.row, cursor.value.column);
    if (cell && !isPlain()) options.open(cell);
  }

  function onKey(event: KeyboardEvent): void {
    if (isPlain()) return onKeyDown(event);
    const isControl = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const isBare = !isControl && !event.shiftKey;
    if (isControl && (key === 'f' || key === 'g')) options.find(key === 'f' ? 'column' : 'row');
    else if (event.altKey && event.key === 'ArrowDown') openMenuAtCursor();
    else if (event.altKey && key === 'p' && cursor.value) options.pin(cursor.value.row);
    else if (isBare && (event.key === 'Enter' || event.key === ' ') && cursor.value) openCell();
    else return onKeyDown(event);
    event.preventDefault();
    event.stopPropagation();
  }

  function openMenuAtCursor(): void {
    const position = cursor.value?.column ?? visible.value.firstColumn;
    const head = heads.value.find((each) => each.position === position);
    const element = scroller.value?.querySelector(`[role="columnheader"][aria-colindex="${position + 1}"]`);
    if (head && element) options.openMenu(head, element.getBoundingClientRect());
  }

  /** Of the cell that was clicked, or that the cursor is on where a key asked. */
  function onContextMenu(event: MouseEvent): void {
    const element = cellElementOf(event);
    const at = element ? placeOf(element) : cursor.value;
    if (isPlain() || !at || (!element && event.clientX > 0)) return;
    if (!isSelected(at.row, at.column)) select(at.row, at.column);
    const cell = cellAt(at.row, at.column);
    if (!cell) return;
    event.preventDefault();
    event.stopPropagation();
    const box = (element ?? document.getElementById(cellId(at.row, at.column)))?.getBoundingClientRect();
    const place = element ? { x: event.clientX, y: event.clientY } : { x: box?.left ?? 0, y: box?.bottom ?? 0 };
    options.openCellMenu(cell, place);
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.button === 0) selectAt(event, event.shiftKey);
  }

  function onPointerOver(event: PointerEvent): void {
    if (event.buttons === 1) selectAt(event, true);
  }

  /** The cell that is pointed at, or by its number a whole row; with `isExtending` the range grows to it. */
  function selectAt(event: PointerEvent, isExtending: boolean): void {
    const number = elementOf(event, 'rowheader');
    if (number) return selectRow(rowOf(number), isExtending);
    const element = cellElementOf(event);
    if (!element) return;
    const { row, column } = placeOf(element);
    select(row, column, isExtending);
  }

  function onDoubleClick(event: MouseEvent): void {
    if (cellElementOf(event)) openCell();
  }

  let titled: HTMLElement | null = null;

  /** Only the cell that is pointed at has its whole text as a tip: of all cells it would be set anew with every row that scrolls in. */
  function onPointerMove(event: PointerEvent): void {
    const element = cellElementOf(event);
    if (element === titled) return;
    dropTip();
    titled = element;
    if (element) element.title = element.textContent.trim();
  }

  /** An element shows another cell once its rows scroll. */
  function dropTip(): void {
    titled?.removeAttribute('title');
    titled = null;
  }

  return {
    onCopy,
    openCell,
    onKey,
    onContextMenu,
    onPointerDown,
    onDoubleClick,
    onPointerOver,
    onPointerMove,
    dropTip,
  };
}

function cellElementOf(event: Event): HTMLElement | null {
  return elementOf(event, 'gridcell');
}

function elementOf({ target }: Event, role: 'gridcell' | 'rowheader'): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(`[role="${role}"]`) : null;
}

/** The place in the view of the row that an element belongs to. */
function rowOf(element: HTMLElement): number {
  return Number(element.parentElement?.getAttribute('aria-rowindex')) - 2;
}

/** The place in the view of the cell that an element shows. */
function placeOf(element: HTMLElement): CellPosition {
  return { row: rowOf(element), column: Number(element.getAttribute('aria-colindex')) - 1 };
}
