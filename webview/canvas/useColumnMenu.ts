import { computed, shallowRef, type ComputedRef, type Ref } from 'vue';
import type { ColumnInfo } from '#common/protocol/engineContract';
import type { ColumnFilter, RowsView } from '#common/table/tableView';
import type { ColumnAction, GridHandle } from '../table/gridHandle.ts';
import { shownColumns, steppedColumn, type TableState } from '../table/tableState.ts';
import type { GridColumn } from '../table/useGridCells.ts';
import { useNode } from './useNode.ts';

/** What the menu of a column needs of its table. */
export interface ColumnMenuOptions {
  readonly nodeId: string;
  readonly columns: ComputedRef<readonly ColumnInfo[] | null>;
  readonly state: Readonly<Ref<TableState>>;
  readonly present: ComputedRef<RowsView>;
  readonly grid: Readonly<Ref<GridHandle | null>>;
  readonly change: (state: TableState) => void;
}

/** The menu of a column that is open in a table, and what its entries do. */
export function useColumnMenu({ nodeId, columns, state, present, grid, change }: ColumnMenuOptions) {
  const { session } = useNode(nodeId);
  const menu = shallowRef<{ head: GridColumn; at: DOMRect } | null>(null);
  const column = computed(() => columns.value?.[menu.value?.head.index ?? -1] ?? null);
  const filters = computed(() => state.value.rows.filters.filter((each) => each.column === menu.value?.head.key));
  const impossible = computed(() => {
    const key = menu.value?.head.key ?? '';
    const isStill = (step: 1 | -1) => steppedColumn(columns.value ?? [], state.value, key, step) === state.value;
    const none = new Set<ColumnAction>();
    if (isStill(-1)) none.add('left');
    if (isStill(1)) none.add('right');
    if (shownColumns(columns.value ?? [], state.value).indexes.length === 1) none.add('hide');
    return none;
  });

  function open(head: GridColumn, at: DOMRect): void {
    menu.value = { head, at };
  }

  function close(): void {
    menu.value = null;
    grid.value?.focus();
  }

  function setFilters(next: readonly ColumnFilter[]): void {
    change({ ...state.value, rows: { ...state.value.rows, filters: next } });
  }

  function addFilter(filter: ColumnFilter): void {
    setFilters([...state.value.rows.filters, filter]);
    close();
  }

  function unfilter(): void {
    setFilters(state.value.rows.filters.filter((each) => each.column !== menu.value?.head.key));
    close();
  }

  function showAll(): void {
    change({ ...state.value, hidden: [] });
  }

  function act(action: ColumnAction): void {
    const head = menu.value?.head;
    close();
    if (!head) return;
    const { rows, pinned, hidden } = state.value;
    switch (action) {
      case 'ascending':
      case 'descending':
        return change({ ...state.value, rows: { ...rows, sort: [{ column: head.key, direction: action }] } });
      case 'pin': {
        const others = pinned.filter((key) => key !== head.key);
        return change({ ...state.value, pinned: head.isPinned ? others : [...others, head.key] });
      }
      case 'hide':
        return change({ ...state.value, hidden: [...hidden, head.key] });
      case 'left':
      case 'right':
        return change(steppedColumn(columns.value ?? [], state.value, head.key, action === 'left' ? -1 : 1));
      case 'show-all':
        return showAll();
      case 'fit':
        return grid.value?.fit(head);
      case 'select':
        return grid.value?.selectColumn(head.key);
    }
  }

  /** Values of the menu's column among the rows that the filters on other columns leave. */
  function listValues(search: string, signal: AbortSignal) {
    const index = menu.value?.head.index ?? 0;
    const others = present.value.filters.filter((filter) => filter.column !== menu.value?.head.key);
    return session.call(
      'listValues',
      { nodeId, column: index, search, view: { sort: [], filters: others } },
      { signal },
    );
  }

  return { menu, column, filters, impossible, open, close, act, setFilters, addFilter, unfilter, showAll, listValues };
}
