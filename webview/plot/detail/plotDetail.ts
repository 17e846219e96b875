import type { CellGrid } from '#common/plot/cellGrid';
import type { LineStretch } from '#common/plot/lineStretch';
import type { PlotBatch } from '../plotBatch.ts';

/** A part of an aggregated plot in more detail than the whole came in. */
export type PlotDetail =
  /** A line's points in finer cells of its x axis. */
  | { readonly kind: 'line'; readonly stretch: LineStretch; readonly rows: PlotBatch }
  /** Discs of finer cells, of a scatter whose cells are drawn as such. */
  | { readonly kind: 'discs'; readonly grid: CellGrid; readonly rows: PlotBatch }
  | CellDetail
  | BinDetail;

/** Finer cells of a scatter. */
export interface CellDetail {
  readonly kind: 'cells';
  readonly grid: CellGrid;
  /** What was counted in each cell: one word, or those of valueFigures.ts. */
  readonly words: Uint32Array<ArrayBuffer>;
  /** The rows in the cells one by one; null where they are too many to be drawn as discs. */
  readonly points: PlotBatch | null;
}

/** Finer bins of a histogram. */
export interface BinDetail {
  readonly kind: 'bins';
  /** In data units, ascending, one more than there are bins. */
  readonly edges: readonly number[];
  readonly counts: Uint32Array<ArrayBuffer>;
}
