import { FIXED_MAX } from '#common/plot/plotData';

/** Codes that tell of a column over the selected rows. */
export interface ColumnFigures {
  /** Codes below which a quarter, half and three quarters of the rows lie: those of rows. */
  readonly quartiles: readonly [number, number, number];
  readonly mean: number;
}

/** What is told of the selected rows that have a place on every axis that is looked at. */
export interface SelectionFigures {
  readonly rowCount: number;
  /** In the order of the columns that were asked for. */
  readonly columns: readonly ColumnFigures[];
  /** Selected rows per category of colours or lines; null where there are none. */
  readonly categories: Uint32Array | null;
}

/** Edges of one bin of all codes, whose weighted count gives a mean. */
export const ONE_BIN = Uint32Array.of(0, FIXED_MAX);

/** Ranks of the quartiles of so many sorted rows. */
export function quartileRanks(rowCount: number): readonly [number, number, number] {
  const rank = (share: number) => Math.floor(share * Math.max(0, rowCount - 1));
  return [rank(0.25), rank(0.5), rank(0.75)];
}
