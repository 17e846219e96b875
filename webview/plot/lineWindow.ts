import { FIXED_NULL } from '#common/plot/plotData';
import type { SurfaceFrame } from '../gpu/passes/drawPass.ts';

/** Rows [first, end) of one series. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Rows a column of pixels up to which all rows are drawn as they are, gaps inside of columns included. */
const FEW_ROWS_PER_COLUMN = 4;

/** Code at which every column of pixels of a canvas begins, and the one at which the last ends; cut to the codes there are. */
export function columnEdges({
  widthPx,
  dataLeftPx,
  dataWidthPx,
  xCodes: { low, high },
}: SurfaceFrame): Uint32Array<ArrayBuffer> {
  const codesPerPx = (high - low) / dataWidthPx;
  return Uint32Array.from({ length: widthPx + 1 }, (_, column) =>
    Math.min(FIXED_NULL, Math.max(0, Math.ceil(low + (column - dataLeftPx) * codesPerPx))),
  );
}

/** Finds the first row that is not before a code of a series. */
export type FindRow = (series: number, code: number) => number;

/** The rows of every series that a window shows, and the two beside them that lines come in and leave by. */
export function rowRanges(edges: Uint32Array, seriesCount: number, rowAt: FindRow): readonly RowRange[] {
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  return Array.from({ length: seriesCount }, (_, series) => ({
    first: Math.max(rowAt(series, 0), rowAt(series, low) - 1),
    end: Math.min(rowAt(series + 1, 0), rowAt(series, high) + 1),
  }));
}

/** The rows that a window shows; null where they are so many that their columns of pixels have to stand for them. */
export function fewRows(edges: Uint32Array, seriesCount: number, rowAt: FindRow): readonly RowRange[] | null {
  const ranges = rowRanges(edges, seriesCount, rowAt);
  const rows = ranges.reduce((sum, { first, end }) => sum + end - first, 0);
  return rows <= FEW_ROWS_PER_COLUMN * edges.length ? ranges : null;
}
