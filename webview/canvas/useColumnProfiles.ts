import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { fieldKind } from '#common/plot/fieldKind';
import type { ColumnInfo } from '#common/protocol/engineContract';
import { columnKeys, type ColumnFilter, type RowsView } from '#common/table/tableView';
import { brushFilter } from '../table/brushFilter.ts';
import type { TableState } from '../table/tableState.ts';
import { useNode } from './useNode.ts';
import { useProfiles } from './useProfiles.ts';

/** What the profiles of a table's columns depend on. */
export interface ColumnProfilesOptions {
  readonly nodeId: string;
  readonly columns: ComputedRef<readonly ColumnInfo[] | null>;
  readonly state: Readonly<Ref<TableState>>;
  readonly present: ComputedRef<RowsView>;
  readonly isKept: ComputedRef<boolean>;
  readonly setFilters: (filters: readonly ColumnFilter[]) => void;
}

/** The profiles of the columns in view, the one whose profile the side panel shows, and filters brushed over them. */
export function useColumnProfiles({ nodeId, columns, state, present, isKept, setFilters }: ColumnProfilesOptions) {
  const { session, canvas, status } = useNode(nodeId);
  const keys = computed(() => columnKeys(columns.value ?? []));
  const chosenKey = shallowRef<string | null>(null);
  const { profiles, show, restart } = useProfiles({
    keys: () => (isKept.value ? [] : keys.value),
    view: () => present.value,
    ask: (column, isApproximate, signal) =>
      session.call('profileColumn', { nodeId, column, view: present.value, isApproximate }, { signal }),
    onError: (error) => canvas.show(error),
  });

  function brush(key: string, low: number, high: number): void {
    const column = columns.value?.[keys.value.indexOf(key)];
    if (!column || !['quantitative', 'temporal'].includes(fieldKind(column.type))) return;
    const others = state.value.rows.filters.filter((filter) => filter.kind !== 'range' || filter.column !== key);
    setFilters([...others, brushFilter(key, column.type, low, high)]);
  }

  function choose(key: string): void {
    chosenKey.value = key;
  }

  watch(() => status.value?.generation, restart);
  watch(
    () => [chosenKey.value, profiles.get(chosenKey.value ?? ''), columns.value] as const,
    ([key, profile]) => {
      const column = columns.value?.[keys.value.indexOf(key ?? '')];
      const chosen = key === null || !column ? null : { column, profile: profile ?? null };
      canvas.chooseColumn(nodeId, chosen && { ...chosen, brush: (low, high) => key !== null && brush(key, low, high) });
    },
  );
  return { profiles, show, choose, brush };
}
