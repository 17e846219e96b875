/** Rows of a line in drawing order: by series, then by x, which is never null; null codes of y are gaps. */
export interface LineRows {
  readonly x: Uint32Array;
  readonly y: Uint32Array;
  readonly series: Uint32Array;
}

/** A column that is asked for single rows. */
export interface RowReader {
  readonly length: number;
  at(row: number): number | undefined;
}

/** The first row that is not before a code of a series. */
export function rowAt(
  { x, series }: Readonly<Record<'x' | 'series', RowReader>>,
  wanted: number,
  code: number,
): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = series.at(middle) ?? 0;
    const isBefore = found < wanted || (found === wanted && (x.at(middle) ?? 0) < code);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}
