import type { CellGrid } from '#common/plot/cellGrid';
import { FIXED_NULL, type DensityGrid } from '#common/plot/plotData';
import { columnOf, type PlotBatch } from '../plotBatch.ts';
import type { CellDetail } from './plotDetail.ts';

const CODE_BITS = 32;

/** A grid with more cells on every side, by a share of its width and height, as far as there are codes. */
export function withRoom(grid: CellGrid, share: number): CellGrid {
  const across = widened(grid.firstColumn, grid.columns, grid.shiftX, share);
  const up = widened(grid.firstRow, grid.rows, grid.shiftY, share);
  return { ...grid, firstColumn: across.first, columns: across.count, firstRow: up.first, rows: up.count };
}

/** A grid that begins and ends where cells of another one do. */
export function alignedWith(grid: CellGrid, coarse: Pick<DensityGrid, 'shiftX' | 'shiftY'>): CellGrid {
  const across = aligned(grid.firstColumn, grid.columns, coarse.shiftX - grid.shiftX);
  const up = aligned(grid.firstRow, grid.rows, coarse.shiftY - grid.shiftY);
  return { ...grid, firstColumn: across.first, columns: across.count, firstRow: up.first, rows: up.count };
}

/** Whether a grid has cells at least as fine wherever another one has. */
export function covers(grid: CellGrid, other: CellGrid): boolean {
  const [across, up] = [sideOf(grid, 'x'), sideOf(grid, 'y')];
  const [otherAcross, otherUp] = [sideOf(other, 'x'), sideOf(other, 'y')];
  return isInside(otherAcross, across) && isInside(otherUp, up);
}

/** Whether a grid has finer cells than another one along some axis. */
export function isFiner(grid: CellGrid, other: DensityGrid): boolean {
  return grid.shiftX < other.shiftX || grid.shiftY < other.shiftY;
}

/** What of a detail lies where another grid does, which it covers: its cells there, and what was counted in them. */
export function cutCells(
  { grid, words }: CellDetail,
  shown: CellGrid,
): { cells: CellGrid; words: CellDetail['words'] } {
  const [factorX, factorY] = [2 ** (shown.shiftX - grid.shiftX), 2 ** (shown.shiftY - grid.shiftY)];
  const cells = {
    shiftX: grid.shiftX,
    shiftY: grid.shiftY,
    firstColumn: (shown.firstColumn ?? 0) * factorX,
    firstRow: (shown.firstRow ?? 0) * factorY,
    columns: shown.columns * factorX,
    rows: shown.rows * factorY,
  };
  const wordsPerCell = words.length / (grid.columns * grid.rows);
  const cut = new Uint32Array(cells.columns * cells.rows * wordsPerCell);
  const width = cells.columns * wordsPerCell;
  const [left, bottom] = [cells.firstColumn - (grid.firstColumn ?? 0), cells.firstRow - (grid.firstRow ?? 0)];
  for (let row = 0; row < cells.rows; row += 1) {
    const from = ((bottom + row) * grid.columns + left) * wordsPerCell;
    cut.set(words.subarray(from, from + width), row * width);
  }
  return { cells, words: cut };
}

/** Discs of all cells of a scatter, with those of a finer grid in the place of those that lie in it. */
export function refinedDiscs(whole: readonly PlotBatch[], finer: PlotBatch, grid: CellGrid): PlotBatch {
  const [across, up] = [sideOf(grid, 'x'), sideOf(grid, 'y')];
  const isOutside = (x: number, y: number) => x < across.low || x >= across.high || y < up.low || y >= up.high;
  const kept = whole.map((batch) => {
    const [x, y] = [columnOf(batch, 'x'), columnOf(batch, 'y')];
    const rows: number[] = [];
    x.forEach((code, row) => {
      if (isOutside(code, y[row] ?? FIXED_NULL)) rows.push(row);
    });
    return { batch, rows };
  });
  const rowCount = kept.reduce((sum, { rows }) => sum + rows.length, finer.rowCount);
  const columns = Object.keys(finer.columns).map((name) => {
    const joined = new Uint32Array(rowCount);
    joined.set(columnOf(finer, name));
    let place = finer.rowCount;
    for (const { batch, rows } of kept) {
      const column = columnOf(batch, name);
      for (const row of rows) joined[place++] = column[row] ?? 0;
    }
    return [name, joined] as const;
  });
  return { rowCount, columns: Object.fromEntries(columns) };
}

interface Side {
  /** Codes [low, high). */
  readonly low: number;
  readonly high: number;
  readonly shift: number;
}

function sideOf(grid: CellGrid, axis: 'x' | 'y'): Side {
  const { firstColumn = 0, firstRow = 0 } = grid;
  const [shift, first, count] =
    axis === 'x' ? [grid.shiftX, firstColumn, grid.columns] : [grid.shiftY, firstRow, grid.rows];
  return { low: first * 2 ** shift, high: (first + count) * 2 ** shift, shift };
}

function isInside(inner: Side, outer: Side): boolean {
  return outer.low <= inner.low && outer.high >= inner.high && outer.shift <= inner.shift;
}

function widened(first = 0, count: number, shift: number, share: number): { first: number; count: number } {
  const room = Math.ceil(count * share);
  const low = Math.max(0, first - room);
  return { first: low, count: Math.min(2 ** (CODE_BITS - shift), first + count + room) - low };
}

function aligned(first = 0, count: number, bits: number): { first: number; count: number } {
  const cells = 2 ** Math.max(0, bits);
  const low = Math.floor(first / cells) * cells;
  return { first: low, count: Math.ceil((first + count) / cells) * cells - low };
}
