import { computed, type ComputedRef, type ShallowRef } from 'vue';
import type { RowPages, CellText, VisibleCells } from './rowPages.ts';
import type { GridColumn, GridRow } from './useGridCells.ts';
import type { useGridCursor } from './useGridCursor.ts';
import { ROW_PX } from './useGridScroll.ts';

/** Rows are placed from the start of a block of so many, so that each keeps its place while others scroll in. */
const BLOCK_ROWS = 4096;
/** Rows that are kept as they were drawn last. */
const MAX_KNOWN_ROWS = 1000;

/** What the rows of a grid are drawn from. */
export interface GridRowsOptions {
  readonly pages: RowPages;
  /** Raised whenever a page has come. */
  readonly version: Readonly<ShallowRef<number>>;
  readonly heads: ComputedRef<readonly GridColumn[]>;
  readonly visible: ComputedRef<VisibleCells>;
  readonly rowCount: ComputedRef<number>;
  readonly pinnedRows: ComputedRef<readonly number[]>;
  readonly top: Readonly<ShallowRef<number>>;
  readonly cursor: Pick<ReturnType<typeof useGridCursor>, 'cursor' | 'selection' | 'cellId' | 'isAt' | 'isSelected'>;
}

/**
 * The rows in view as they are drawn, and the pinned ones above them. A row that stays in view is the same object, and one
 * that comes takes over the elements of one that went.
 */
export function useGridRows(options: GridRowsOptions) {
  const { pages, version, heads, visible, rowCount, pinnedRows, top } = options;
  const { cursor, selection, cellId, isAt, isSelected } = options.cursor;
  const blockStart = computed(() => visible.value.firstRow - (visible.value.firstRow % BLOCK_ROWS));
  /** Rows as they are drawn now, until anything that they are drawn from is another. */
  const known = computed(() => {
    trackSources();
    return { rows: new Map<number, GridRow>(), blockStart: blockStart.value };
  });
  let slotCount = 1;
  const rows = computed(() => {
    const { firstRow, endRow } = visible.value;
    const count = Math.max(0, Math.min(endRow, rowCount.value) - firstRow);
    slotCount = Math.max(slotCount, count);
    return Array.from({ length: count }, (_, index) => knownLine(firstRow + index));
  });
  const rowsStyle = computed(() => ({ transform: `translateY(${blockStart.value * ROW_PX - top.value}px)` }));
  const pins = computed(() => {
    trackSources();
    return pinnedRows.value.map((row, index) => withoutIds(lineOf(row, index * ROW_PX)));
  });

  /** Pages and the cursor are read behind the back of what is computed from them. */
  function trackSources(): readonly unknown[] {
    return [version.value, heads.value, cursor.value, selection.value];
  }

  function knownLine(row: number): GridRow {
    const { rows: lines, blockStart: start } = known.value;
    const line = lines.get(row) ?? lineOf(row, (row - start) * ROW_PX);
    if (lines.size >= MAX_KNOWN_ROWS) lines.clear();
    lines.set(row, line);
    return line;
  }

  function lineOf(row: number, topPx: number): GridRow {
    return { row, style: { transform: `translateY(${topPx}px)` }, cells: cellsOf(row) };
  }

  function cellsOf(row: number): GridRow['cells'] {
    return heads.value.map((head) => {
      const text = pages.text(row, head.index);
      const isCursor = isAt(row, head.position);
      return {
        head,
        id: isCursor ? cellId(row, head.position) : undefined,
        text: shown(text),
        isSelected: isSelected(row, head.position),
        class: cellClass(row, head, text),
      };
    });
  }

  /** One text: what Vue would make of a list of classes takes as long as all else about a cell. */
  function cellClass(row: number, head: GridColumn, text: CellText): string {
    let classes = 'cell';
    if (head.isNumeric) classes += ' number';
    if (text === null) classes += ' null';
    if (text === undefined) classes += ' pending';
    if (head.isPinned) classes += ' pinned';
    if (isSelected(row, head.position)) classes += ' selected';
    if (isAt(row, head.position)) classes += ' cursor';
    return classes;
  }

  /** The same for rows that are as far apart as there are rows in view. */
  function slotOf({ row }: GridRow): number {
    return row % slotCount;
  }

  return { rows, rowsStyle, pins, slotOf };
}

/** The cells of a row that is drawn a second time are not those that the cursor is on. */
function withoutIds(line: GridRow): GridRow {
  return { ...line, cells: line.cells.map((cell) => ({ ...cell, id: undefined })) };
}

function shown(text: CellText): string {
  return text === null ? 'null' : (text ?? '');
}
