import { ALL_CODES, type CodeRange } from '#common/plot/codeRange';
import type { CellGrid } from '#common/plot/cellGrid';
import type { SurfaceFrame } from '../gpu/passes/drawPass.ts';

/** Cells [first, end) along one axis. */
export interface CellSpan {
  readonly first: number;
  readonly end: number;
}

/** One axis of a grid as it lies on the screen: `lengthPx` pixels show `codes`, from `startPx` on. */
export interface CellAxis {
  readonly startPx: number;
  readonly lengthPx: number;
  readonly codes: CodeRange;
  readonly shift: number;
  readonly firstCell: number;
  readonly cellCount: number;
}

/** The cells that one pixel shows: those that begin in it, or else the one that covers it; none beyond the grid. */
export function cellsOfPixel(pixel: number, axis: CellAxis): CellSpan {
  const [from, to] = [cellAt(pixel, axis), cellAt(pixel + 1, axis)];
  const isOnAxis = to > 0 && codeAt(pixel, axis) < ALL_CODES.high && codeAt(pixel + 1, axis) > ALL_CODES.low;
  const first = Math.max(0, Math.floor(from));
  return { first, end: isOnAxis ? Math.min(axis.cellCount, Math.max(first + 1, Math.floor(to))) : first };
}

/** Horizontal and vertical cells of every pixel of a surface, as pairs of first and end: columns from the left, then rows from the top. */
export function pixelCells(surface: SurfaceFrame, grid: CellGrid): Uint32Array<ArrayBuffer> {
  const { widthPx, heightPx } = surface;
  const pairs = new Uint32Array(2 * (widthPx + heightPx));
  const [x, y] = cellAxes(surface, grid);
  const put = (place: number, { first, end }: CellSpan) => pairs.set([first, Math.max(first, end)], 2 * place);
  for (let pixel = 0; pixel < widthPx; pixel += 1) put(pixel, cellsOfPixel(pixel, x));
  for (let pixel = 0; pixel < heightPx; pixel += 1) put(widthPx + pixel, cellsOfPixel(heightPx - 1 - pixel, y));
  return pairs;
}

/** Both axes of a grid on a surface; the vertical one counts pixels from the bottom. */
export function cellAxes(surface: SurfaceFrame, grid: CellGrid): readonly [CellAxis, CellAxis] {
  return [
    {
      startPx: surface.dataLeftPx,
      lengthPx: surface.dataWidthPx,
      codes: surface.xCodes,
      shift: grid.shiftX,
      firstCell: grid.firstColumn ?? 0,
      cellCount: grid.columns,
    },
    {
      startPx: surface.heightPx - surface.dataTopPx - surface.dataHeightPx,
      lengthPx: surface.dataHeightPx,
      codes: surface.yCodes,
      shift: grid.shiftY,
      firstCell: grid.firstRow ?? 0,
      cellCount: grid.rows,
    },
  ];
}

function codeAt(pixel: number, { startPx, lengthPx, codes }: CellAxis): number {
  return codes.low + ((pixel - startPx) * (codes.high - codes.low)) / lengthPx;
}

/** Position in cells from the first one on; whole numbers are cell borders. */
function cellAt(pixel: number, { startPx, lengthPx, codes, shift, firstCell }: CellAxis): number {
  const cellCodes = 2 ** shift;
  const cellsShown = (codes.high - codes.low) / cellCodes;
  return codes.low / cellCodes - firstCell + ((pixel - startPx) * cellsShown) / lengthPx;
}
