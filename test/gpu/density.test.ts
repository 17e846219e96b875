import { FIXED_NULL, type DensityGrid } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { addDensity } from '../../webview/gpu/cpu/density.ts';
import { encodeDensity } from '../../webview/gpu/kernels/density.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { hardColumns, randomCodes } from './columns.ts';
import { runKernel, type Conditions } from './kernelBench.ts';

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
const hardGrids = [gridOf(6, 6), gridOf(9, 8), gridOf(11, 10), gridOf(1, 12)];

function twin(x: Codes, y: Codes, grid: DensityGrid): Uint32Array {
  const counts = new Uint32Array(grid.columns * grid.rows);
  addDensity(x, y, grid, counts);
  return counts;
}

function bruteForce(x: Codes, y: Codes, grid: DensityGrid): Uint32Array {
  const counts = new Uint32Array(grid.columns * grid.rows);
  const place = (code: number, cells: number) => Number((BigInt(code) * BigInt(cells)) / 2n ** 32n);
  x.forEach((codeX, row) => {
    const codeY = y[row] ?? FIXED_NULL;
    if (codeX === FIXED_NULL || codeY === FIXED_NULL) return;
    const cell = place(codeY, grid.rows) * grid.columns + place(codeX, grid.columns);
    counts[cell] = (counts[cell] ?? 0) + 1;
  });
  return counts;
}

/** A second column of the same length that is null at other rows. */
const partnerOf = (codes: Codes): Codes => randomCodes(codes.length, 77, 5);

async function check(x: Codes, y: Codes, grid: DensityGrid, conditions: Conditions = {}): Promise<void> {
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
  expect(counted).toEqual(twin(x, y, grid));
}

describe('the density kernel agrees with its twin', () => {
  const cases = hardColumns().flatMap(({ name, codes }) =>
    (codes.length > 100_000 ? hardGrids.slice(1, 2) : hardGrids).map((grid) => ({
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
  test('with fewer workgroups than rows ask for', async () =>
    check(randomCodes(100_000, 2, 9), randomCodes(100_000, 3, 9), gridOf(9, 8), { maxWorkgroups: 1 }));
  test('over many chunks and odd batches', async () =>
    check(randomCodes(10_007, 4, 9), randomCodes(10_007, 5, 9), gridOf(9, 8), { chunkRows: 512, batchRows: 777 }));
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
