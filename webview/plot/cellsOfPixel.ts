/** Cells [first, end) along one axis. */
export interface CellRange {
  readonly first: number;
  readonly end: number;
}

/** Cells that pixel `pixel` of `lengthPx` shows: those that begin in it, or the one that covers it. */
export function cellsOfPixel(pixel: number, lengthPx: number, cellCount: number): CellRange {
  const first = Math.floor((pixel * cellCount) / lengthPx);
  return { first, end: Math.max(first + 1, Math.floor(((pixel + 1) * cellCount) / lengthPx)) };
}

/** The largest count among cells of a grid with `columns` cells a row. */
export function largestCount(counts: Uint32Array, columns: number, x: CellRange, y: CellRange): number {
  let largest = 0;
  for (let row = y.first; row < y.end; row += 1) {
    for (let column = x.first; column < x.end; column += 1) {
      largest = Math.max(largest, counts[row * columns + column] ?? 0);
    }
  }
  return largest;
}
