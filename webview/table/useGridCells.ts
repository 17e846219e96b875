import { computed, onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue';
import { fieldKind } from '#common/plot/fieldKind';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { columnKeys } from '#common/table/tableView';
import { shortType } from '../ui/columnType.ts';
import { columnAt, columnLayout, fittingWidth, MIN_WIDTH_PX, type ColumnLayout } from './columnWidths.ts';
import type { RowPages, VisibleCells } from './rowPages.ts';
import type { ShownColumns } from './tableState.ts';

const SAMPLED_ROWS = 50;

/** One column head on screen. */
export interface GridColumn {
  /** Place among the table's columns. */
  readonly index: number;
  /** Place among the columns on show. */
  readonly position: number;
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly isNumeric: boolean;
  readonly isPinned: boolean;
  readonly style: { readonly left: string; readonly width: string };
}

/** One row of a grid as it is drawn. */
export interface GridRow {
  readonly row: number;
  readonly style: Readonly<Record<string, string>>;
  readonly cells: readonly {
    readonly head: GridColumn;
    /** Of the cell that the cursor is on alone, and not where its row is drawn a second time. */
    readonly id: string | undefined;
    readonly text: string;
    readonly isSelected: boolean;
    readonly class: string;
  }[];
}

/** What the widths of a table's columns depend on. */
export interface ColumnLayoutOptions {
  readonly columns: readonly ColumnInfo[];
  readonly shown: () => ShownColumns;
  /** Widths that the user chose, by key. */
  readonly chosen: () => Readonly<Record<string, number>>;
  readonly pages: RowPages;
  readonly version: Readonly<ShallowRef<number>>;
}

/** The layout of the columns on show, fitted to the first page where the user chose nothing else. */
export function useColumnLayout({ columns, shown, chosen, pages, version }: ColumnLayoutOptions) {
  const keys = columnKeys(columns);
  const fitted = shallowRef(Float64Array.from(columns, (column) => fittingWidth(column, [])));
  const layout = computed<ColumnLayout>(() => {
    const widths = chosen();
    const widthOf = (index: number) => widths[keys[index] ?? ''] ?? fitted.value[index] ?? MIN_WIDTH_PX;
    return columnLayout(Float64Array.from(shown().indexes, widthOf));
  });
  const stop = watch(version, () => {
    fitted.value = Float64Array.from(columns, (column, index) => fittingWidth(column, sampleOf(pages, index)));
    stop();
  });
  const fitWidth = (index: number, firstRow: number) => {
    const column = columns[index];
    return column ? fittingWidth(column, sampleOf(pages, index, firstRow), Infinity) : MIN_WIDTH_PX;
  };
  return { layout, fitWidth };
}

function* sampleOf(pages: RowPages, column: number, firstRow = 0): Iterable<string | null> {
  for (let row = firstRow; row < firstRow + SAMPLED_ROWS; row++) {
    const text = pages.text(row, column);
    if (text === undefined) return;
    yield text;
  }
}

/** The column heads on screen: the pinned ones and those within a range. */
export function gridColumns(
  { columns, keys }: { readonly columns: readonly ColumnInfo[]; readonly keys: readonly string[] },
  shown: ShownColumns,
  layout: ColumnLayout,
  cells: VisibleCells,
  { left, numbersPx }: { readonly left: number; readonly numbersPx: number },
): GridColumn[] {
  return positionsOf(shown, cells).flatMap((position) => {
    const index = shown.indexes[position] ?? -1;
    const column = columns[index];
    if (!column) return [];
    const isPinned = position < shown.pinnedCount;
    const start = numbersPx + (layout.starts[position] ?? 0) - (isPinned ? 0 : left);
    return {
      index,
      position,
      key: keys[index] ?? column.name,
      name: column.name,
      type: shortType(column.type),
      isNumeric: fieldKind(column.type) === 'quantitative',
      isPinned,
      style: { left: `${start}px`, width: `${layout.widths[position] ?? 0}px` },
    };
  });
}

/** Places of the columns on screen, those that scroll first so that pinned ones lie above them. */
function positionsOf({ pinnedCount }: ShownColumns, { firstColumn, endColumn }: VisibleCells): number[] {
  const scrolling = Array.from({ length: Math.max(0, endColumn - firstColumn) }, (_, index) => firstColumn + index);
  return [...scrolling, ...Array.from({ length: pinnedCount }, (_, index) => index)];
}

/** What decides which cells are on screen. */
export interface VisibleRange {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly bodyHeight: number;
  readonly rowPx: number;
  readonly rowCount: number;
  readonly pinnedCount: number;
}

/** The cells that a viewport shows, whole or in part; columns beside the pinned ones. */
export function visibleCells(layout: ColumnLayout, range: VisibleRange): VisibleCells {
  const firstRow = Math.min(Math.floor(range.top / range.rowPx), Math.max(0, range.rowCount - 1));
  const endRow = Math.min(range.rowCount, Math.ceil((range.top + range.bodyHeight) / range.rowPx));
  const columnCount = layout.widths.length;
  const pinnedPx = layout.starts[range.pinnedCount] ?? 0;
  return {
    firstRow,
    endRow: Math.max(firstRow, endRow),
    firstColumn: Math.max(range.pinnedCount, columnAt(layout, range.left + pinnedPx)),
    endColumn: Math.min(columnCount, columnAt(layout, range.left + range.width) + 1),
  };
}

/** Whether two ranges hold the same cells. */
export function areSameCells(a: VisibleCells, b: VisibleCells): boolean {
  const isSameRows = a.firstRow === b.firstRow && a.endRow === b.endRow;
  return isSameRows && a.firstColumn === b.firstColumn && a.endColumn === b.endColumn;
}

/** Keeps the pages of the visible cells coming, and forgets them with the component. */
export function useWantedPages(
  pages: RowPages,
  wanted: {
    readonly cells: () => VisibleCells;
    readonly columns: () => readonly GridColumn[];
    readonly pinnedRows: () => readonly number[];
  },
) {
  function showWanted(): void {
    const indexes = wanted.columns().map(({ index }) => index);
    pages.show(wanted.cells(), indexes, wanted.pinnedRows());
  }
  watch([wanted.cells, wanted.columns, wanted.pinnedRows], showWanted, { immediate: true });
  onBeforeUnmount(() => pages.dispose());
  return showWanted;
}
