import { newestOnly } from '#common/base/newestOnly';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSelection } from '#common/plot/plotSelection';
import { watch } from 'vue';
import type { RowTest } from '../../gpu/rowTest.ts';
import { rowTestOf } from './rowTestOf.ts';

/** What is counted, and who counts. */
export interface CountSubject {
  readonly header: PlotHeader | null;
  readonly selection: PlotSelection | null;
}

/** Counts the selected rows in the page whenever the selection changes, as often as the counting can follow. */
export function useSelectionCount(
  subject: () => CountSubject,
  count: (test: RowTest) => Promise<number | null>,
  counted: (selection: PlotSelection, rows: number) => void,
): void {
  const recount = newestOnly(async (header: PlotHeader, selection: PlotSelection) => {
    const test = rowTestOf(selection, header);
    // A renderer that was replaced meanwhile counts no more; the engine's count, which follows every gesture, stands.
    const rows = test ? await count(test).catch(() => null) : null;
    if (rows !== null && subject().selection === selection) counted(selection, rows);
  });
  watch(
    () => subject().selection,
    (selection) => {
      const { header } = subject();
      if (selection && header) recount(header, selection);
    },
  );
}
