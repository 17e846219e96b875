import { cellsAround } from '#common/plot/lineStretch';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotBatch } from '../plotBatch.ts';
import { refinedDiscs } from './cellDetail.ts';
import type { PlotDetail } from './plotDetail.ts';
import { refinedLine } from './refinedLine.ts';

/** How the rows that a plot came with are joined with those of a detail; null where a detail brings counts. */
export function rowsWith(header: PlotHeader, detail: PlotDetail): ((whole: readonly PlotBatch[]) => PlotBatch) | null {
  const { kind } = detail;
  if (kind === 'discs') return (whole) => refinedDiscs(whole, detail.rows, detail.grid);
  if (kind !== 'line' || header.plotKind !== 'line' || header.cellShift === undefined) return null;
  const cells = cellsAround(detail.stretch, header.cellShift);
  return (whole) => refinedLine(whole, detail.rows, cells);
}
