import { FIXED_NULL } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { cellsWithin, type CellGrid } from '#common/plot/cellGrid';
import { addDensityValues } from '../../webview/gpu/cpu/densityValues.ts';
import { encodeDensityValues, type WantedFigures } from '../../webview/gpu/kernels/densityValues.ts';
import { WORDS_PER_CELL } from '../../webview/gpu/valueFigures.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { hardColumns, hardRuns, partnerOf, randomCodes } from './columns.ts';
import { expectSame, runKernel, type Conditions } from './kernelBench.ts';
import { figuresFromWords } from './figuresFromWords.ts';

type Codes = Uint32Array<ArrayBuffer>;
type Columns = readonly [x: Codes, y: Codes, value: Codes];

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

const WHOLE: CellGrid = { shiftX: 26, shiftY: 27, columns: 64, rows: 32 };
const WINDOW = cellsWithin({ low: 10 ** 9, high: 3 * 10 ** 9 }, { low: 2 ** 20 - 1, high: 2 ** 32 - 7 }, WHOLE);
const ALL: WantedFigures = { sums: true, extremes: true };

function twin([x, y, value]: Columns, grid: CellGrid): Uint32Array {
  const figures = new Uint32Array(grid.columns * grid.rows * WORDS_PER_CELL);
  addDensityValues({ x, y, value }, grid, figures);
  return figures;
}

async function run(
  columns: Columns,
  grid: CellGrid,
  wanted: WantedFigures,
  conditions: Conditions,
): Promise<Uint32Array> {
  const length = grid.columns * grid.rows * WORDS_PER_CELL;
  const encode: Parameters<typeof runKernel>[3] = (commands, uploaded, figures) => {
    const [x = [], y = [], value = []] = uploaded.map((column) => column.slicesFrom(0));
    encodeDensityValues(commands, { x, y, value }, grid, wanted, figures);
  };
  return runKernel(device, columns, length, encode, conditions);
}

async function check(columns: Columns, grid: CellGrid, conditions: Conditions = {}): Promise<void> {
  expectSame(await run(columns, grid, ALL, conditions), twin(columns, grid));
}

describe('the kernel of figures per cell agrees with its twin', () => {
  test.each(hardRuns())('on $name', async ({ codes, conditions }) =>
    check([codes, partnerOf(codes), codes], WHOLE, conditions),
  );
  const columns = hardColumns().filter(({ codes }) => codes.length < 100_000);
  test.each(columns)('on values of $name in a window', async ({ codes }) => {
    const places = randomCodes(codes.length, 15, 9);
    await check([partnerOf(codes), places, codes], WINDOW);
  });
  test.each([
    { name: 'sums', wanted: { sums: true, extremes: false }, words: [0, 1, 2] },
    { name: 'extremes', wanted: { sums: false, extremes: true }, words: [0, 3, 4] },
  ])('and leaves out what is not wanted beside $name', async ({ wanted, words }) => {
    const rows = [randomCodes(5000, 1, 9), randomCodes(5000, 2, 9), randomCodes(5000, 3, 9)] as const;
    const expected = twin(rows, WHOLE).map((word, index) => (words.includes(index % WORDS_PER_CELL) ? word : 0));
    expect(await run(rows, WHOLE, wanted, {})).toEqual(expected);
  });
});

test('the twin of figures per cell agrees with the rows of each cell', () => {
  const [x, y, value] = [randomCodes(4000, 21, 9), randomCodes(4000, 22, 9), randomCodes(4000, 23, 9)];
  const scale = { origin: -5, step: 2 ** -20 };
  const words = twin([x, y, value], WHOLE);
  const found = Array.from({ length: WHOLE.columns * WHOLE.rows }, (_, cell) =>
    figuresFromWords(words, cell * WORDS_PER_CELL, scale),
  );
  const expected = found.map((_, cell) => {
    const isIn = (row: number) =>
      Math.floor((x[row] ?? 0) / 2 ** 26) + 64 * Math.floor((y[row] ?? 0) / 2 ** 27) === cell;
    const rows = [...value.keys()].filter((row) => ![x[row], y[row], value[row]].includes(FIXED_NULL) && isIn(row));
    const values = rows.map((row) => -5 + (value[row] ?? 0) * 2 ** -20);
    const sum = values.reduce((total, next) => total + next, 0);
    if (rows.length === 0) return { count: 0, sum: 0, mean: null, minimum: null, maximum: null };
    const mean: unknown = expect.closeTo(sum / rows.length, 6);
    return {
      count: rows.length,
      sum: expect.closeTo(sum, 5) as unknown,
      mean,
      minimum: Math.min(...values),
      maximum: Math.max(...values),
    };
  });
  expect(found).toEqual(expected);
});
