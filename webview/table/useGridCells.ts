import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue';
import { fieldKind } from '#common/plot/fieldKind';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { shortType } from '../ui/columnType.ts';
import { columnAt, columnLayout, fittingWidth, resizeColumn, type ColumnLayout } from './columnWidths.ts';
import type { RowPages, VisibleCells } from './rowPages.ts';

const SAMPLED_ROWS = 50;

/** One column head on screen. */
export interface GridColumn {
  readonly index: number;
  readonly name: string;
  readonly type: string;
  readonly isNumeric: boolean;
  readonly style: { readonly left: string; readonly width: string };
}

/** The column layout of a table, fitted to its first page and then kept as the user leaves it. */
export function useColumnLayout(
  columns: readonly ColumnInfo[],
  pages: RowPages,
  version: Readonly<ShallowRef<number>>,
) {
  const layout = shallowRef<ColumnLayout>(
    columnLayout(Float64Array.from(columns, (column) => fittingWidth(column, []))),
  );
  const resized = new Set<number>();

  const stop = watch(version, () => {
    const widths = Float64Array.from(columns, (column, index) =>
      resized.has(index) ? (layout.value.widths[index] ?? 0) : fittingWidth(column, sampleOf(pages, index)),
    );
    layout.value = columnLayout(widths);
    stop();
  });

  function resize(index: number, widthPx: number): void {
    resized.add(index);
    layout.value = resizeColumn(layout.value, index, widthPx);
  }

  return { layout, resize };
}

function* sampleOf(pages: RowPages, column: number): Iterable<string | null> {
  for (let row = 0; row < SAMPLED_ROWS; row++) {
    const text = pages.text(row, column);
    if (text === undefined) return;
    yield text;
  }
}

/** The column heads within a range. */
export function gridColumns(columns: readonly ColumnInfo[], layout: ColumnLayout, cells: VisibleCells, left: number) {
  const heads: GridColumn[] = [];
  for (let index = cells.firstColumn; index < cells.endColumn; index++) {
    const column = columns[index];
    if (!column) break;
    heads.push({
      index,
      name: column.name,
      type: shortType(column.type),
      isNumeric: fieldKind(column.type) === 'quantitative',
      style: { left: `${(layout.starts[index] ?? 0) - left}px`, width: `${layout.widths[index] ?? 0}px` },
    });
  }
  return heads;
}

/** What decides which cells are on screen. */
export interface VisibleRange {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly bodyHeight: number;
  readonly rowPx: number;
  readonly rowCount: number;
}

/** The cells that a viewport shows, whole or in part. */
export function visibleCells(layout: ColumnLayout, range: VisibleRange): VisibleCells {
  const firstRow = Math.min(Math.floor(range.top / range.rowPx), Math.max(0, range.rowCount - 1));
  const endRow = Math.min(range.rowCount, Math.ceil((range.top + range.bodyHeight) / range.rowPx));
  const columnCount = layout.widths.length;
  return {
    firstRow,
    endRow: Math.max(firstRow, endRow),
    firstColumn: columnAt(layout, range.left),
    endColumn: Math.min(columnCount, columnAt(layout, range.left + range.width) + 1),
  };
}

/** Keeps the pages of the visible cells coming, and forgets them with the component. */
export function useWantedPages(pages: RowPages, cells: () => VisibleCells): void {
  watch(cells, (visible) => pages.show(visible), { immediate: true });
  onBeforeUnmount(() => pages.dispose());
}
