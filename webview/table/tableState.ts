import type { ColumnInfo } from '#common/protocol/engineContract';
import { ALL_ROWS, columnKeys, type RowsView } from '#common/table/tableView';

/** How a table is looked at in one editor; never part of the document. Columns are keys of `columnKeys`. */
export interface TableState {
  readonly rows: RowsView;
  readonly hidden: readonly string[];
  /** Columns that were moved, in the order they are shown; others follow in their own order. */
  readonly order: readonly string[];
  readonly pinned: readonly string[];
  /** Rows that stay in sight, by their place in the view that they were pinned in. */
  readonly pinnedRows: readonly number[];
  readonly widths: Readonly<Record<string, number>>;
}

export const FIRST_STATE: TableState = {
  rows: ALL_ROWS,
  hidden: [],
  order: [],
  pinned: [],
  pinnedRows: [],
  widths: {},
};

/** More would leave no room for the others. */
export const MAX_PINNED_ROWS = 8;

/** The state with a row pinned, or no longer; null when there are as many as there may be. */
export function toggledPin(state: TableState, row: number): TableState | null {
  const { pinnedRows } = state;
  if (pinnedRows.includes(row)) return { ...state, pinnedRows: pinnedRows.filter((each) => each !== row) };
  if (pinnedRows.length >= MAX_PINNED_ROWS) return null;
  return { ...state, pinnedRows: [...pinnedRows, row].sort((a, b) => a - b) };
}

/** The columns on show, as indexes of the table's columns, pinned ones first. */
export interface ShownColumns {
  readonly indexes: readonly number[];
  readonly pinnedCount: number;
}

/** What a state shows of some columns. */
export function shownColumns(columns: readonly ColumnInfo[], state: TableState): ShownColumns {
  const indexOf = new Map(columnKeys(columns).map((key, index) => [key, index]));
  const hidden = new Set(state.hidden);
  const ordered = new Set([...state.order.filter((key) => indexOf.has(key)), ...indexOf.keys()]);
  const isPinned = new Set(state.pinned);
  const visible = [...ordered].filter((key) => !hidden.has(key));
  const pinned = visible.filter((key) => isPinned.has(key));
  const rest = visible.filter((key) => !isPinned.has(key));
  return { indexes: [...pinned, ...rest].map((key) => indexOf.get(key) ?? 0), pinnedCount: pinned.length };
}

/** The state with one column moved to another's place. */
export function movedColumn(
  columns: readonly ColumnInfo[],
  state: TableState,
  key: string,
  target: string,
): TableState {
  if (key === target) return state;
  const keys = columnKeys(columns);
  const everyColumn = shownColumns(columns, { ...state, hidden: [], pinned: [] });
  const order = everyColumn.indexes.map((index) => keys[index] ?? '');
  const isForward = order.indexOf(key) < order.indexOf(target);
  const others = order.filter((each) => each !== key);
  others.splice(others.indexOf(target) + (isForward ? 1 : 0), 0, key);
  return { ...state, order: others };
}

/** The state with one column a place further among those on show; pinned ones stay among each other. */
export function steppedColumn(
  columns: readonly ColumnInfo[],
  state: TableState,
  key: string,
  step: 1 | -1,
): TableState {
  const keys = columnKeys(columns);
  const shown = shownColumns(columns, state).indexes.map((index) => keys[index] ?? '');
  const neighbour = shown[shown.indexOf(key) + step];
  const isSame = neighbour !== undefined && state.pinned.includes(neighbour) === state.pinned.includes(key);
  return isSame ? movedColumn(columns, state, key, neighbour) : state;
}

/** Whether anything of the rows or columns differs from the table itself. */
export function isChanged({ rows, hidden, order }: TableState): boolean {
  return rows.sort.length + rows.filters.length + hidden.length + order.length > 0;
}
