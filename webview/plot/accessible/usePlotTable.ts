import type { PlotHeader } from '#common/plot/plotData';
import type { PlotRows } from '#common/protocol/plotContract';
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import type { ShownCounts } from '../plotSession.ts';
import { drawnTable, rowsTable, type PlotTable } from './plotTable.ts';

/** What a table of a plot is made from. */
export interface TableSubject {
  readonly header: PlotHeader | null;
  readonly shown: ShownCounts | null;
  /** Rows that the plot counted. */
  readonly countedRows: number;
  /** Reads the first rows of what is plotted. */
  readonly readRows: (() => Promise<PlotRows>) | null;
}

/** A plot's data as a table, read once it is asked for. */
export interface PlotTableState {
  readonly isShown: ShallowRef<boolean>;
  /** Null while it is read. */
  readonly table: ComputedRef<PlotTable | null>;
  readonly toggle: () => void;
}

/** Makes the table of what a plot draws: its bins, bars or groups, or the first of its rows. */
export function usePlotTable(subject: () => TableSubject, failed: (error: unknown) => void): PlotTableState {
  const isShown = shallowRef(false);
  const firstRows = shallowRef<PlotTable | null>(null);
  const table = computed(() => {
    const { header, shown, countedRows } = subject();
    return header ? (drawnTable(header, shown, countedRows) ?? firstRows.value) : null;
  });

  const read = async (): Promise<void> => {
    firstRows.value = null;
    const { header, readRows, shown } = subject();
    if (!header || !readRows || drawnTable(header, shown, 0)) return;
    const rows = await readRows();
    if (header === subject().header) firstRows.value = rowsTable(rows);
  };

  watch([isShown, () => subject().header], () => {
    if (isShown.value) read().catch(failed);
  });
  const toggle = () => {
    isShown.value = !isShown.value;
  };
  return { isShown, table, toggle };
}
