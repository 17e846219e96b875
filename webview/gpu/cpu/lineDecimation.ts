import { FIXED_NULL } from '#common/plot/plotData';
import { ALL_CODES, type CodeRange } from '../codeRange.ts';

/** Rows of a line in drawing order; null codes are gaps. */
export interface LineRows {
  readonly x: Uint32Array;
  readonly y: Uint32Array;
  readonly series: Uint32Array;
}

/** More than there are columns of pixels in any window. */
const SERIES_STRIDE = 2 ** 20;

/**
 * The rows that make the same picture as all rows: first, lowest, highest and last of every run inside one pixel column.
 * A run ends at a gap, at another series and at another column; a gap is kept once.
 * @param pixelColumns Columns that the shown codes cover; everything before and after them counts as one column each.
 * @returns Row numbers in drawing order.
 */
export function decimateLine(rows: LineRows, pixelColumns: number, shown = ALL_CODES): readonly number[] {
  const kept: number[] = [];
  let run = emptyRun();
  let runKey = NaN;
  const flush = () => {
    kept.push(...rowsOfRun(run));
    run = emptyRun();
  };
  for (let row = 0; row < rows.x.length; row += 1) {
    const key = keyOf(rows, row, pixelColumns, shown);
    if (key !== runKey) flush();
    if (key < 0 && runKey >= 0) kept.push(row);
    runKey = key;
    if (key >= 0) extend(run, row, rows.y);
  }
  flush();
  return kept;
}

interface Run {
  first: number;
  lowest: number;
  highest: number;
  last: number;
}

const emptyRun = (): Run => ({ first: -1, lowest: -1, highest: -1, last: -1 });

/** A number per series and pixel column, or -1 for a gap. */
function keyOf(rows: LineRows, row: number, pixelColumns: number, { low, high }: CodeRange): number {
  const x = rows.x[row] ?? FIXED_NULL;
  if (x === FIXED_NULL || rows.y[row] === FIXED_NULL) return -1;
  const column = Math.floor(((x - low) * pixelColumns) / (high - low));
  return (rows.series[row] ?? 0) * SERIES_STRIDE + 1 + Math.max(-1, Math.min(pixelColumns, column));
}

function extend(run: Run, row: number, y: Uint32Array): void {
  if (run.first < 0) {
    run.first = run.lowest = run.highest = run.last = row;
    return;
  }
  const code = y[row] ?? 0;
  if (code < (y[run.lowest] ?? 0)) run.lowest = row;
  if (code > (y[run.highest] ?? 0)) run.highest = row;
  run.last = row;
}

function rowsOfRun(run: Run): readonly number[] {
  if (run.first < 0) return [];
  return [...new Set([run.first, run.lowest, run.highest, run.last])].sort((a, b) => a - b);
}
