import type { Disposable } from '#common/base/scope';
import type { PickPlace } from '../gpu/pickPlace.ts';
import type { RowTest } from '../gpu/rowTest.ts';
import type { SelectionFigures } from '../gpu/selectionFigures.ts';
import type { CellColors } from './cellCounts.ts';
import type { PlotBatch } from './plotBatch.ts';
import type { PlotScene } from './plotScene.ts';

/** What a picture shows in numbers. */
export interface PlotCounts {
  /** Rows per bin, cell or category; empty for lines. */
  readonly counts: Uint32Array;
  /** The largest count. */
  readonly maximum: number;
  /** Sum of all drawn bins, cells, bars or points. */
  readonly countedRows: number;
  /** What cells are coloured by, where it is no number of rows. */
  readonly values?: CellColors;
}

/** Where the time of one picture went. */
export interface PictureTimes {
  /** Counting the rows that came since the picture before; 0 when there were none. */
  readonly countingMs: number;
  readonly drawingMs: number;
}

/** Codes of a row that was picked; null for what the plot has none of. */
export interface PickedRow {
  readonly x: number;
  readonly y: number;
  readonly series: number | null;
  readonly color: number | null;
  readonly size: number | null;
}

/** Draws one plot on one canvas; both tiers draw the same picture. */
export interface PlotRenderer extends Disposable {
  readonly renderer: 'webgpu' | 'cpu';
  /** Takes one more batch; its rows are in every later picture. */
  append(batch: PlotBatch): void;
  /** Draws everything taken so far; resolves when the picture is handed to the screen. */
  draw(scene: PlotScene): Promise<PictureTimes>;
  /** The numbers behind the newest picture; only the choice between cells and discs in a window needs them before drawing. */
  readCounts(): Promise<PlotCounts>;
  /** How many of the rows taken so far are selected; null where they cannot be tested where they are kept. */
  countSelected(test: RowTest): Promise<number | null>;
  /** What is told of the selected rows; null where they cannot be tested where they are kept. */
  figuresOf(test: RowTest): Promise<SelectionFigures | null>;
  /** The drawn row nearest to a place; null where none is within reach. */
  pick(place: PickPlace): Promise<PickedRow | null>;
}

/** The times of a picture that was not drawn, because its plot is gone. */
export const NO_TIMES: PictureTimes = { countingMs: 0, drawingMs: 0 };

/** The sum and the largest of an array of counts. */
export function summarizeCounts(counts: Uint32Array): PlotCounts {
  let countedRows = 0;
  let maximum = 0;
  for (let index = 0; index < counts.length; index += 1) {
    const count = counts[index] ?? 0;
    countedRows += count;
    if (count > maximum) maximum = count;
  }
  return { counts, maximum, countedRows };
}

/** Adds a batch of ready-made counts to an array of them; indexes outside it are left out. */
export function addGivenCounts(indexes: Uint32Array, given: Uint32Array, counts: Uint32Array): void {
  indexes.forEach((index, row) => {
    const before = counts[index];
    if (before !== undefined) counts[index] = before + (given[row] ?? 0);
  });
}
