import type { CellGrid } from './cellGrid.ts';
import type { LineStretch } from './lineStretch.ts';

/** A part of a plot that DuckDB aggregates, asked for in more detail than the whole came in. */
export type DetailQuestion =
  /** Points of a line in finer cells of its x axis; batches as those of the whole line. */
  | { readonly kind: 'line'; readonly stretch: LineStretch }
  /** Cells of a scatter; batches as those of the whole plot, but for the cells of this grid. */
  | { readonly kind: 'cells'; readonly grid: CellGrid }
  /** The rows in some cells of a scatter, one by one; batches as those of a plot of columns. */
  | { readonly kind: 'rows'; readonly grid: CellGrid }
  /** Bins of a histogram by ascending codes, the last of which still belongs to the last bin; `bin: uint32, count: uint32`. */
  | { readonly kind: 'bins'; readonly thresholds: readonly number[] };
