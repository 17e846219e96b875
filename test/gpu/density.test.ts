import { FIXED_NULL, type DensityGrid } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { cellsWithin, type CellGrid } from '#common/plot/cellGrid';
import { addDensity } from '../../webview/gpu/cpu/density.ts';
import { encodeDensity } from '../../webview/gpu/kernels/density.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { hardColumns, hardRuns, partnerOf, randomCodes } from './columns.ts';
import { expectSame, runKernel, type Conditions } from './kernelBench.ts';

type Codes = Uint32Array<ArrayBuffer>;

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

const gridOf = (columnBits: number, rowBits: number): DensityGrid => ({
  shiftX: 32 - columnBits,
  shiftY: 32 - rowBits,
  columns: 2 ** columnBits,
  rows: 2 ** rowBits,
});
/** Cells of windows: inside the codes, at both ends of them, as narrow as can be, and with edges beside a cell's. */
const hardWindows = [
  [1_000_000_000, 3_000_000_000],
  [0, 4096],
  [2 ** 32 - 4096, 2 ** 32],
  [12_345, 12_346],
  [2 ** 31 - 1, 2 ** 31 + 2 ** 20 + 1],
].map(([low = 0, high = 0]) => cellsWithin({ low, high }, { low: 2 ** 20 - 1, high: 2 ** 32 - 7 }, gridOf(9, 8)));
const hardGrids = [gridOf(6, 6), gridOf(9, 8), gridOf(11, 10), gridOf(1, 12)];

function twin(x: Codes, y: Codes, grid: CellGrid): Uint32Array {
  const counts = new Uint32Array(grid.columns * grid.rows);
  addDensity(x, y, grid, counts);
  return counts;
}

function bruteForce(x: Codes, y: Codes, grid: CellGrid): Uint32Array {
  const counts = new Uint32Array(grid.columns * grid.rows);
  const { firstColumn = 0, firstRow = 0 } = grid;
  const place = (code: number, shift: number, first: number) => Number(BigInt(code) / 2n ** BigInt(shift)) - first;
  const isIn = (cell: number, count: number) => cell >= 0 && cell < count;
  x.forEach((codeX, row) => {
    const codeY = y[row] ?? FIXED_NULL;
    if (codeX === FIXED_NULL || codeY === FIXED_NULL) return;
    const [column, line] = [place(codeX, grid.shiftX, firstColumn), place(codeY, grid.shiftY, firstRow)];
    if (!isIn(column, grid.columns) || !isIn(line, grid.rows)) return;
    const cell = line * grid.columns + column;
    counts[cell] = (counts[cell] ?? 0) + 1;
  });
  return counts;
}

async function check(x: Codes, y: Codes, grid: CellGrid, conditions: Conditions = {}): Promise<void> {
  const counted = await runKernel(
    device,
    [x, y],
    grid.columns * grid.rows,
    (commands, [columnX, columnY], result) => {
      const pairs = { x: columnX?.slicesFrom(0) ?? [], y: columnY?.slicesFrom(0) ?? [] };
      encodeDensity(commands, pairs, grid, result);
    },
    conditions,
  );
  expectSame(counted, twin(x, y, grid));
}

describe('the density kernel agrees with its twin', () => {
  const cases = hardColumns().flatMap(({ name, codes }) =>
    hardGrids.map((grid) => ({
      name,
      codes,
      grid,
      columns: grid.columns,
      rows: grid.rows,
    })),
  );
  test.each(cases)('on $name in $columns by $rows cells', async ({ codes, grid }) =>
    check(codes, partnerOf(codes), grid),
  );
  test('with x and y swapped', async () => check(partnerOf(randomCodes(5000, 1)), randomCodes(5000, 1), gridOf(9, 8)));
  test.each(hardRuns())('on $name', async ({ codes, conditions }) =>
    check(codes, partnerOf(codes), gridOf(9, 8), conditions),
  );
});

describe('in a window, the density kernel agrees with its twin and both with exact fractions', () => {
  const columns = hardColumns().filter(({ codes }) => codes.length < 100_000);
  const beside = hardWindows.map(({ firstColumn = 0, columns: count, shiftX }) =>
    [firstColumn, firstColumn + count].flatMap((cell) => [-1, 0, 1].map((step) => cell * 2 ** shiftX + step)),
  );
  const edgeCodes = Uint32Array.from(beside.flat().filter((code) => code >= 0 && code <= FIXED_NULL));
  const all = [...columns, { name: 'codes beside every edge', codes: edgeCodes }];
  const cases = all.flatMap(({ name, codes }) =>
    hardWindows.map((grid, window) => ({ name, codes, grid, window: `window ${window}` })),
  );
  test.each(cases)('on $name in $window', async ({ codes, grid }) => {
    const partner = partnerOf(codes);
    expect(twin(codes, partner, grid)).toEqual(bruteForce(codes, partner, grid));
    await check(codes, partner, grid);
  });
  test('over many rows', async () =>
    check(randomCodes(300_000, 6, 9), randomCodes(300_000, 7, 9), hardWindows[0] ?? gridOf(9, 8)));
});

describe('the density twin agrees with exact fractions', () => {
  const columns = hardColumns().filter(({ codes }) => codes.length < 100_000);
  const cases = columns.flatMap(({ name, codes }) =>
    hardGrids.slice(0, 2).map((grid) => ({ name, codes, grid, columns: grid.columns })),
  );
  test.each(cases)('on $name in $columns columns', ({ codes, grid }) => {
    const partner = partnerOf(codes);
    expect(twin(codes, partner, grid)).toEqual(bruteForce(codes, partner, grid));
  });
});
