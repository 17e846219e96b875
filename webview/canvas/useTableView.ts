import { computed, onBeforeUnmount, shallowRef, watch, type ComputedRef } from 'vue';
import { PikaError } from '#common/base/pikaError';
import type { ColumnInfo, Progress } from '#common/protocol/engineContract';
import { ALL_ROWS, columnKeys, presentView, type ColumnFilter } from '#common/table/tableView';
import { FIRST_STATE, shownColumns, type TableState } from '../table/tableState.ts';
import { useNode } from './useNode.ts';
import { usePage } from '../link/page.ts';

/** How one table is looked at in this editor, and the work that its view asks for. */
export function useTableView(nodeId: string, columns: ComputedRef<readonly ColumnInfo[] | null>) {
  const { viewState } = usePage();
  const { session, canvas, status } = useNode(nodeId);
  const state = shallowRef<TableState>(viewState.current.tableStates[nodeId] ?? FIRST_STATE);
  const filteredCount = shallowRef<number | null>(null);
  const sortShare = shallowRef<number | null>(null);
  const rowsVersion = shallowRef(0);
  let counting: AbortController | null = null;
  let sorting: AbortController | null = null;
  let isSortDue = false;
  let arrivedView: string | null = null;

  const keys = computed(() => new Set(columnKeys(columns.value ?? [])));
  const isKept = computed(() => status.value?.isKept ?? false);
  const present = computed(() => (isKept.value ? ALL_ROWS : presentView(state.value.rows, columns.value ?? [])));
  const rowCount = computed(() =>
    present.value.filters.length > 0 ? filteredCount.value : (status.value?.rowCount ?? null),
  );
  const isFiltered = computed(() => present.value.filters.length > 0);

  /** Rows are pinned by their place, so other rows have other pins. */
  function change(next: TableState): void {
    // Rows that were kept can be looked at, not put in another order.
    if (isKept.value && next.rows !== state.value.rows) canvas.report(session.call('runNode', { nodeId }));
    state.value = next.rows === state.value.rows ? next : { ...next, pinnedRows: [] };
    viewState.update({ tableStates: { ...viewState.current.tableStates, [nodeId]: state.value } });
  }

  async function count(): Promise<void> {
    counting?.abort();
    filteredCount.value = null;
    if (!isFiltered.value) return;
    const own = (counting = new AbortController());
    const answer = await session.call('countRows', { nodeId, view: present.value }, { signal: own.signal });
    if (!own.signal.aborted) filteredCount.value = answer.rowCount;
  }

  /** Puts the rows in order behind those that are on screen already, which come first. */
  async function sort(): Promise<void> {
    if (!isSortDue) return;
    isSortDue = false;
    const own = (sorting = new AbortController());
    sortShare.value = 0;
    const onProgress = (progress: unknown) => {
      // What `sortRows` of the contract reports.
      if (!own.signal.aborted) sortShare.value = (progress as Progress).fraction;
    };
    try {
      await session.call('sortRows', { nodeId, view: present.value }, { signal: own.signal, onProgress });
      if (!own.signal.aborted) rowsVersion.value++;
    } finally {
      if (sorting === own) sortShare.value = null;
    }
  }

  function giveUpSort(): void {
    sorting?.abort();
    sortShare.value = null;
  }

  function cancelSort(): void {
    giveUpSort();
    change({ ...state.value, rows: { ...state.value.rows, sort: [] } });
  }

  /** Why a filter cannot be applied, as a sentence; null when it can. */
  async function check(filter: ColumnFilter): Promise<string | null> {
    try {
      await session.call('checkFilter', { nodeId, filter });
      return null;
    } catch (error) {
      return error instanceof PikaError ? error.message : String(error);
    }
  }

  function keep(): void {
    const { indexes } = shownColumns(columns.value ?? [], state.value);
    const kept = session.call('keepView', { nodeId, view: present.value, columns: [...indexes] });
    canvas.report(kept.then(() => change({ ...FIRST_STATE, widths: state.value.widths, pinned: state.value.pinned })));
  }

  /** Rows of the present view are on screen. */
  function didArrive(): void {
    arrivedView = JSON.stringify(present.value);
    canvas.report(sort());
  }

  const isReady = computed(() => columns.value !== null && status.value?.state === 'done' && !isKept.value);
  watch(
    () => [isReady.value, JSON.stringify(present.value), status.value?.generation] as const,
    ([ready, view]) => {
      if (!ready) return;
      canvas.report(count());
      giveUpSort();
      isSortDue = present.value.sort.length > 0;
      if (view === arrivedView) canvas.report(sort());
    },
    { immediate: true },
  );
  onBeforeUnmount(() => {
    counting?.abort();
    sorting?.abort();
  });

  return { state, keys, present, rowCount, rowsVersion, sortShare, isKept, change, cancelSort, check, keep, didArrive };
}
