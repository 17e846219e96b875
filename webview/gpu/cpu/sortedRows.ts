import { FIXED_NULL } from '#common/plot/plotData';
import type { CellGrid } from '#common/plot/cellGrid';
import type { CodeRange } from '#common/plot/codeRange';
import { addDensity, isWhole } from './density.ts';

/** Buckets an axis are 2 to this power: narrow enough that a window touches few rows outside of it. */
const BUCKET_BITS = 6;
const BUCKETS = 2 ** BUCKET_BITS;
const BUCKET_SHIFT = 32 - BUCKET_BITS;

/** A rectangle of codes. */
export interface CodeWindow {
  readonly x: CodeRange;
  readonly y: CodeRange;
}

/** Rows put in order of the square of the plot that they lie in, row of squares by row of squares; nulls are left out. */
export interface SortedRows {
  readonly x: Uint32Array<ArrayBuffer>;
  readonly y: Uint32Array<ArrayBuffer>;
  /** Where each bucket begins, and where the last one ends. */
  readonly starts: Uint32Array;
}

/** Two columns of the same length. */
export type CodePair = readonly [x: Uint32Array<ArrayBuffer>, y: Uint32Array<ArrayBuffer>];

/** Sorts batches by bucket, so that a window is counted from the rows near it: two passes, 16 bytes a row meanwhile. */
export function sortRows(batches: readonly CodePair[]): SortedRows {
  const starts = new Uint32Array(BUCKETS * BUCKETS + 1);
  for (const [x, y] of batches) countBuckets(x, y, starts);
  for (let bucket = 0; bucket < BUCKETS * BUCKETS; bucket += 1) {
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
  }
  const length = starts[BUCKETS * BUCKETS] ?? 0;
  const sorted: SortedRows = { x: new Uint32Array(length), y: new Uint32Array(length), starts };
  const next = starts.slice();
  for (const [x, y] of batches) placeRows(x, y, next, sorted);
  return sorted;
}

/** Adds the rows per cell to `counts`, as `addDensity` does for rows in any order. */
export function addSortedDensity({ x, y, starts }: SortedRows, grid: CellGrid, counts: Uint32Array): void {
  if (isWhole(grid)) {
    addDensity(x, y, grid, counts);
    return;
  }
  const { columns, rows, shiftX, shiftY, firstColumn = 0, firstRow = 0 } = grid;
  const across = bucketsOf(firstColumn, columns, shiftX);
  const up = bucketsOf(firstRow, rows, shiftY);
  for (let bucketRow = up.first; bucketRow <= up.last; bucketRow += 1) {
    const first = starts[bucketRow * BUCKETS + across.first] ?? 0;
    const end = starts[bucketRow * BUCKETS + across.last + 1] ?? first;
    for (let index = first; index < end; index += 1) {
      const column = (((x[index] ?? 0) >>> shiftX) - firstColumn) >>> 0;
      const row = (((y[index] ?? 0) >>> shiftY) - firstRow) >>> 0;
      if (column >= columns || row >= rows) continue;
      const cell = row * columns + column;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
}

/** The rows inside a window, both of its ends included. */
export function rowsWithin({ x, y, starts }: SortedRows, window: CodeWindow): CodePair {
  const found: { readonly x: number[]; readonly y: number[] } = { x: [], y: [] };
  for (let bucketRow = bucketOf(window.y.low); bucketRow <= bucketOf(window.y.high); bucketRow += 1) {
    const first = starts[bucketRow * BUCKETS + bucketOf(window.x.low)] ?? 0;
    const end = starts[bucketRow * BUCKETS + bucketOf(window.x.high) + 1] ?? first;
    for (let index = first; index < end; index += 1) {
      const [codeX, codeY] = [x[index] ?? 0, y[index] ?? 0];
      if (!isWithin(codeX, window.x) || !isWithin(codeY, window.y)) continue;
      found.x.push(codeX);
      found.y.push(codeY);
    }
  }
  return [Uint32Array.from(found.x), Uint32Array.from(found.y)];
}

function isWithin(code: number, { low, high }: CodeRange): boolean {
  return code >= low && code <= high;
}

function countBuckets(x: Uint32Array, y: Uint32Array, starts: Uint32Array): void {
  for (let row = 0; row < x.length; row += 1) {
    const codeX = x[row] ?? FIXED_NULL;
    const codeY = y[row] ?? FIXED_NULL;
    if (codeX === FIXED_NULL || codeY === FIXED_NULL) continue;
    const after = (codeY >>> BUCKET_SHIFT) * BUCKETS + (codeX >>> BUCKET_SHIFT) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
}

function placeRows(x: Uint32Array, y: Uint32Array, next: Uint32Array, sorted: SortedRows): void {
  for (let row = 0; row < x.length; row += 1) {
    const codeX = x[row] ?? FIXED_NULL;
    const codeY = y[row] ?? FIXED_NULL;
    if (codeX === FIXED_NULL || codeY === FIXED_NULL) continue;
    const bucket = (codeY >>> BUCKET_SHIFT) * BUCKETS + (codeX >>> BUCKET_SHIFT);
    const place = next[bucket] ?? 0;
    next[bucket] = place + 1;
    sorted.x[place] = codeX;
    sorted.y[place] = codeY;
  }
}

function bucketOf(code: number): number {
  return Math.min(Math.max(0, Math.floor(code)), FIXED_NULL) >>> BUCKET_SHIFT;
}

/** Buckets that the cells of one axis touch. */
function bucketsOf(firstCell: number, cells: number, shift: number): { readonly first: number; readonly last: number } {
  return { first: bucketOf(firstCell * 2 ** shift), last: bucketOf((firstCell + cells) * 2 ** shift - 1) };
}
