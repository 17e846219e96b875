import { watch } from 'vue';
import { newestOnly } from '#common/base/newestOnly';
import type { PlotNode } from '#common/document/pikaDocument';
import type { PlotSelection } from '#common/plot/plotSelection';
import { usePage } from '../link/page.ts';
import { NO_SELECTION, useCanvas } from './canvasState.ts';

/**
 * The selection of a plot node: its SQL and its rows follow every change. While a drag goes on, rows that are in the page
 * are counted there; the engine counts what it holds itself, and everything once the drag is over.
 */
export function usePlotSelection(node: () => PlotNode) {
  const { session } = usePage();
  const canvas = useCanvas();
  const facts = () => canvas.plot(node().id);

  /** What the engine has counted: nothing that is counted in the page comes after that. */
  let engineCounted: PlotSelection | null = null;

  const describe = newestOnly(async (selection: PlotSelection, isCounted: boolean) => {
    const nodeId = node().id;
    const answer = await session
      .call('describeSelection', { nodeId, selection, isCounted })
      .catch((error: unknown) => canvas.show(error));
    if (!answer || facts().selection !== selection) return;
    const { condition, sql, rowCount } = answer;
    if (rowCount !== null) engineCounted = selection;
    canvas.setPlot(nodeId, { selectionSql: { condition, sql }, ...(rowCount !== null && { selectedRows: rowCount }) });
  });

  function select(selection: PlotSelection | null, isSettled: boolean): void {
    const { id } = node();
    if (!selection) {
      canvas.setPlot(id, NO_SELECTION);
      return;
    }
    canvas.setPlot(id, { selection, selectionLines: [] });
    describe(selection, isSettled || facts().header?.strategy !== 'columns');
  }

  function counted(selection: PlotSelection, rows: number): void {
    if (facts().selection === selection && engineCounted !== selection)
      canvas.setPlot(node().id, { selectedRows: rows });
  }

  function told(selection: PlotSelection, selectionLines: readonly string[]): void {
    if (facts().selection === selection) canvas.setPlot(node().id, { selectionLines });
  }

  // Another spec has other axes, on which the selection means nothing; the same plot of newer rows is counted anew.
  watch(
    () => [JSON.stringify(node().spec), node().data],
    () => canvas.setPlot(node().id, NO_SELECTION),
  );
  watch(
    () => facts().header,
    () => {
      const { selection } = facts();
      if (selection) describe(selection, true);
    },
  );
  return { select, counted, told };
}
