import { Scope } from '#common/base/scope';
import type { CodeSlice } from '../codeColumn.ts';
import { CommandList } from '../commandList.ts';
import type { GpuContext } from '../gpuContext.ts';
import { readBuffer } from '../readBuffer.ts';
import type { RowSelection } from '../rowSelection.ts';
import { ONE_BIN, quartileRanks, type ColumnFigures, type SelectionFigures } from '../selectionFigures.ts';
import { sumFromWords, WORDS_PER_SUM } from '../valueFigures.ts';
import { encodeCategoryCounts } from './categoryCounts.ts';
import type { CodePairs } from './codePairs.ts';
import { encodeGatherRows } from './gatherRows.ts';
import { findCodesAtRanks } from './quantiles.ts';
import { encodeSelectRows } from './selectRows.ts';
import { encodeWeightedHistogram } from './weightedHistogram.ts';

/** What the figures of a selection are made of; slices of the same rows. */
export interface FigureSlices {
  /** Columns that rows are selected by; `y` is `x` where only one is looked at. */
  readonly pairs: CodePairs;
  readonly columns: readonly (readonly CodeSlice[])[];
  /** Codes of `categoryCount` categories; null where there are none. */
  readonly categories: readonly CodeSlice[] | null;
  readonly categoryCount: number;
}

const WORD_BYTES = Uint32Array.BYTES_PER_ELEMENT;

/** Finds the rows of whole columns that a selection holds, and tells of them; nothing but the figures is read back. */
export async function findSelectionFigures(
  gpu: GpuContext,
  slices: FigureSlices,
  selection: RowSelection,
): Promise<SelectionFigures> {
  const scope = new Scope();
  const buffer = (words: number, label: string) => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const made = gpu.arena.buffer(Math.max(1, words) * WORD_BYTES, usage, label);
    scope.defer(() => gpu.arena.release(made));
    return made;
  };
  try {
    const capacity = slices.pairs.x.reduce((sum, { endRow }) => sum + endRow, 0);
    const [count, rows] = [buffer(1, 'selected count'), buffer(capacity, 'selected rows')];
    const commands = new CommandList(gpu, 'select rows');
    encodeSelectRows(commands, slices.pairs, selection, { count, rows, capacity });
    commands.submit();
    const [rowCount = 0] = await readBuffer(gpu, count, 1);
    const gathered = { buffer: buffer(rowCount, 'gathered codes'), firstRow: 0, endRow: rowCount };
    const gather = (column: readonly CodeSlice[], then: (commands: CommandList) => void) => {
      const next = new CommandList(gpu, 'figures of a selection');
      encodeGatherRows(next, column, { buffer: rows, endRow: rowCount }, gathered.buffer);
      then(next);
      next.submit();
    };
    const columns: ColumnFigures[] = [];
    const sums = buffer(WORDS_PER_SUM, 'sum of codes');
    for (const column of slices.columns) {
      gather(column, (next) => {
        next.encoder.clearBuffer(sums);
        encodeWeightedHistogram(next, { x: [gathered], y: [gathered] }, ONE_BIN, sums);
      });
      const ranks = quartileRanks(rowCount);
      const [first = 0, median = 0, third = 0] = await findCodesAtRanks(gpu, [gathered], ranks);
      const words = await readBuffer(gpu, sums, WORDS_PER_SUM);
      const mean = sumFromWords(words, 0, { origin: 0, step: 1 }).mean ?? 0;
      columns.push({ quartiles: [first, median, third], mean });
    }
    const { categories, categoryCount } = slices;
    if (!categories) return { rowCount, columns, categories: null };
    const counts = buffer(categoryCount, 'selected rows per category');
    gather(categories, (next) => {
      next.encoder.clearBuffer(counts);
      encodeCategoryCounts(next, [gathered], categoryCount, counts);
    });
    return { rowCount, columns, categories: await readBuffer(gpu, counts, categoryCount) };
  } finally {
    scope.dispose();
  }
}
