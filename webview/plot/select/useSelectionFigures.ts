import { newestOnly } from '#common/base/newestOnly';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSelection } from '#common/plot/plotSelection';
import { onBeforeUnmount, watch } from 'vue';
import type { RowTest } from '../../gpu/rowTest.ts';
import type { SelectionFigures } from '../../gpu/selectionFigures.ts';
import { figureLines } from './figureLines.ts';
import { rowTestOf } from './rowTestOf.ts';
import type { CountSubject } from './useSelectionCount.ts';

/** A selection that has not changed for so long is told about. */
const SETTLED_MS = 150;

/** Tells of the selected rows in the page, once the selection has settled. */
export function useSelectionFigures(
  subject: () => CountSubject,
  figuresOf: (test: RowTest) => Promise<SelectionFigures | null>,
  told: (selection: PlotSelection, lines: readonly string[]) => void,
): void {
  const tell = newestOnly(async (header: PlotHeader, selection: PlotSelection) => {
    const test = rowTestOf(selection, header);
    // A renderer that was replaced meanwhile tells nothing any more.
    const figures = test ? await figuresOf(test).catch(() => null) : null;
    if (figures && subject().selection === selection) told(selection, figureLines(header, figures));
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => [subject().selection, subject().header] as const,
    ([selection, header]) => {
      clearTimeout(timer);
      if (selection && header) timer = setTimeout(() => tell(header, selection), SETTLED_MS);
    },
  );
  onBeforeUnmount(() => clearTimeout(timer));
}
