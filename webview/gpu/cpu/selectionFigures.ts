import { sumFromWords, WORDS_PER_SUM } from '../valueFigures.ts';
import { ONE_BIN, quartileRanks, type ColumnFigures, type SelectionFigures } from '../selectionFigures.ts';
import { addCategories } from './categoryCounts.ts';
import { gatherRows } from './gatherRows.ts';
import { codesAtRanks } from './quantiles.ts';
import { addWeights } from './weightedHistogram.ts';

/** Columns in batches of the same rows. */
export interface FigureColumns {
  readonly columns: readonly (readonly Uint32Array[])[];
  /** Codes of `categoryCount` categories; null where there are none. */
  readonly categories: readonly Uint32Array[] | null;
  readonly categoryCount: number;
}

/** What is told of some rows, whose codes are not null. Twin of webview/gpu/kernels/selectionFigures.ts. */
export function selectionFigures(
  { columns, categories, categoryCount }: FigureColumns,
  rows: Uint32Array,
): SelectionFigures {
  const counts = categories && new Uint32Array(categoryCount);
  if (categories && counts) addCategories(gatherRows(categories, rows), counts);
  return {
    rowCount: rows.length,
    columns: columns.map((batches) => figuresOf(gatherRows(batches, rows))),
    categories: counts,
  };
}

function figuresOf(codes: Uint32Array): ColumnFigures {
  const [first = 0, median = 0, third = 0] = codesAtRanks(codes, quartileRanks(codes.length));
  const sums = new Uint32Array(WORDS_PER_SUM);
  addWeights(codes, codes, ONE_BIN, sums);
  return { quartiles: [first, median, third], mean: sumFromWords(sums, 0, { origin: 0, step: 1 }).mean ?? 0 };
}
