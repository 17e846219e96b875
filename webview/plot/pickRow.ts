import { FIXED_NULL } from '#common/plot/plotData';
import { nearestRow } from '../gpu/cpu/nearestRow.ts';
import type { PickPlace } from '../gpu/pickPlace.ts';
import { columnOf, type PlotBatch } from './plotBatch.ts';
import type { PickedRow } from './plotRenderer.ts';

/** The row of some batches nearest to a place, of equally near ones the first; null where none is within reach. */
export function pickRow(batches: readonly PlotBatch[], place: PickPlace): PickedRow | null {
  let firstRow = 0;
  const parts = batches.map((batch) => {
    const series = batch.columns['series'] ?? batch.columns['color'];
    const part = { batch, x: columnOf(batch, 'x'), y: columnOf(batch, 'y'), firstRow, ...(series && { series }) };
    firstRow += batch.rowCount;
    return part;
  });
  const row = nearestRow(parts, place);
  const part = row === null ? undefined : parts.findLast((each) => each.firstRow <= row);
  if (row === null || !part) return null;
  const code = (name: string) => part.batch.columns[name]?.[row - part.firstRow] ?? null;
  return {
    x: code('x') ?? FIXED_NULL,
    y: code('y') ?? FIXED_NULL,
    series: code('series'),
    color: code('color'),
    size: code('size'),
  };
}
