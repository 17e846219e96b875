import type { CodeExtent } from '../gpu/cpu/extent.ts';
import { findExtent } from '../gpu/cpu/extent.ts';
import { cellValues, floatOfKey } from '../gpu/cpu/cellValues.ts';
import { WORDS_PER_CELL } from '../gpu/valueFigures.ts';
import type { CellValue } from './cellPlan.ts';
import { columnOf, type PlotBatch } from './plotBatch.ts';
import { summarizeCounts, type PlotCounts } from './plotRenderer.ts';

/** What cells are coloured by: one word each, see webview/gpu/cpu/cellValues.ts, and the extent of these words. */
export interface CellColors extends CodeExtent {
  readonly words: Uint32Array;
}

const FIGURES = ['count', 'low', 'high', 'above', 'below'] as const;

/** The numbers of cells from their figures. */
export function countsOfFigures(figures: Uint32Array, value: CellValue): PlotCounts {
  const counts = new Uint32Array(figures.length / WORDS_PER_CELL);
  for (let cell = 0; cell < counts.length; cell += 1) counts[cell] = figures[cell * WORDS_PER_CELL] ?? 0;
  const words = cellValues(figures, value.aggregate, value);
  return { ...summarizeCounts(counts), values: { words, ...findExtent(words) } };
}

/** Puts a batch of cells that DuckDB aggregated where they belong; cells outside the grid are left out. */
export function putGivenFigures(batch: PlotBatch, figures: Uint32Array): void {
  const columns = FIGURES.map((name) => columnOf(batch, name));
  columnOf(batch, 'cell').forEach((cell, row) => {
    const words = columns.map((column) => column[row] ?? 0);
    if ((cell + 1) * WORDS_PER_CELL <= figures.length) figures.set(words, cell * WORDS_PER_CELL);
  });
}

/** The value of a word in the units of the colour axis: data units of a sum, a code otherwise. */
export function numberOfWord(word: number, { aggregate }: Pick<CellValue, 'aggregate'>): number {
  return aggregate === 'sum' ? floatOfKey(word) : word;
}
