import { countsOfFigures, putGivenFigures } from './cellCounts.ts';
import { columnOf, type PlotBatch } from './plotBatch.ts';
import type { IndexField, PlotPlan } from './plotPlan.ts';
import { addGivenCounts, summarizeCounts, type PlotCounts } from './plotRenderer.ts';

/** The numbers of a picture from what was counted by its plan. */
export function countsOf({ value }: PlotPlan, counted: Uint32Array): PlotCounts {
  return value ? countsOfFigures(counted, value) : summarizeCounts(counted);
}

/** Adds a batch of what DuckDB counted. */
export function addGiven({ value }: PlotPlan, index: IndexField, batch: PlotBatch, given: Uint32Array): void {
  if (value) putGivenFigures(batch, given);
  else addGivenCounts(columnOf(batch, index), columnOf(batch, 'count'), given);
}
