import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { ColumnInfo } from '#common/protocol/engineContract';
import type { CopyFormat } from '#common/table/copyText';
import type { RowsView } from '#common/table/tableView';
import type { GridHandle } from '../table/gridHandle.ts';
import { cellCount, type CellRectangle } from '../table/gridSelection.ts';
import { shownColumns, type TableState } from '../table/tableState.ts';
import { formatCount } from '../ui/format.ts';
import { useNode } from './useNode.ts';

/** What copying needs of its table. */
export interface TableCopyOptions {
  readonly nodeId: string;
  readonly columns: ComputedRef<readonly ColumnInfo[] | null>;
  readonly state: Readonly<Ref<TableState>>;
  readonly present: ComputedRef<RowsView>;
  readonly grid: Readonly<Ref<GridHandle | null>>;
}

/** Copies what is selected in a table, and says so until something else is selected. */
export function useTableCopy({ nodeId, columns, state, present, grid }: TableCopyOptions) {
  const { session, canvas } = useNode(nodeId);
  const copied = shallowRef('');
  const selection = computed(() => grid.value?.selection ?? null);
  const selectedCount = computed(() => (selection.value ? cellCount(selection.value) : 0));

  function copy({ firstRow, lastRow, firstColumn, lastColumn }: CellRectangle, format: CopyFormat = 'tsv'): void {
    const indexes = shownColumns(columns.value ?? [], state.value).indexes.slice(firstColumn, lastColumn + 1);
    const range = { rowOffset: firstRow, rowCount: lastRow - firstRow + 1, columns: indexes };
    const done = session.call('copyCells', { nodeId, view: present.value, range, format });
    canvas.report(
      done.then((answer) => (copied.value = `copied ${formatCount(answer.rowCount * indexes.length)} cells`)),
    );
  }

  function copySelection(format?: CopyFormat): void {
    if (selection.value) copy(selection.value, format);
  }

  watch(selection, () => (copied.value = ''));
  return { copied, selectedCount, copy, copySelection };
}
