import type { PlotHeader } from '#common/plot/plotData';
import { countLength } from '../../gpu/countPlan.ts';
import { cellPlan } from '../cellPlan.ts';
import { addGiven } from '../planCounts.ts';
import { columnOf, readPlotBatch, type PlotBatch } from '../plotBatch.ts';
import type { ReadDetail } from '../plotDataSource.ts';
import { discsOf, planPlot } from '../plotPlan.ts';
import type { CellDetail, PlotDetail } from './plotDetail.ts';
import { questionOf, type WantedDetail } from './wantedDetail.ts';

/** Reads what a window wants of an aggregated plot; null where the plot is another one by now. */
export async function readDetail(
  header: PlotHeader,
  wanted: WantedDetail,
  read: ReadDetail,
): Promise<PlotDetail | null> {
  const ipc = await read(questionOf(wanted));
  if (!ipc) return null;
  const rows = readPlotBatch(ipc);
  switch (wanted.kind) {
    case 'line':
      return { kind: 'line', stretch: wanted.stretch, rows };
    case 'discs':
      return { kind: 'discs', grid: wanted.asked, rows };
    case 'cells':
      return readCells(header, wanted, rows, read);
    case 'bins': {
      const counts = new Uint32Array(wanted.edges.length - 1);
      addGiven(planPlot(header), 'bin', rows, counts);
      return { kind: 'bins', edges: wanted.edges, counts };
    }
  }
}

/** Cells, and the rows in them where discs are seen of so few. */
async function readCells(
  header: PlotHeader,
  { shown, asked, areaPx }: Extract<WantedDetail, { kind: 'cells' | 'discs' }>,
  rows: PlotBatch,
  read: ReadDetail,
): Promise<CellDetail | null> {
  if (header.plotKind !== 'scatter') return null;
  const words = new Uint32Array(countLength(cellPlan(header, asked)));
  addGiven(planPlot(header), 'cell', rows, words);
  const cells = { kind: 'cells', grid: asked, words, points: null } as const;
  const rowCount = columnOf(rows, 'count').reduce((sum, count) => sum + count, 0);
  const askedPx = (areaPx * asked.columns * asked.rows) / (shown.columns * shown.rows);
  if (discsOf(rowCount, askedPx) === 0) return cells;
  const ipc = await read({ kind: 'rows', grid: asked });
  return ipc && { ...cells, points: readPlotBatch(ipc) };
}
