import { FIXED_MAX, FIXED_NULL, type CellAggregate } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { cellValues, floatOfKey, keyOfFloat } from '../../webview/gpu/cpu/cellValues.ts';
import { addDensityValues } from '../../webview/gpu/cpu/densityValues.ts';
import { encodeCellValues } from '../../webview/gpu/kernels/cellValues.ts';
import { WORDS_PER_CELL } from '../../webview/gpu/valueFigures.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { hardColumns, partnerOf, randomCodes } from './columns.ts';
import { runKernel } from './kernelBench.ts';
import { figuresFromWords } from './figuresFromWords.ts';

type Codes = Uint32Array<ArrayBuffer>;

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

const AGGREGATES: readonly CellAggregate[] = ['mean', 'min', 'max', 'sum'];
const SCALE = { origin: -5000, step: 2 ** -18 };
/** A few parts in 2 ** 24, which the steps of single precision add up to. */
const RELATIVE_ERROR = 4e-7;

function figuresOf(value: Codes): Codes {
  const grid = { shiftX: 27, shiftY: 28, columns: 32, rows: 16 };
  const figures = new Uint32Array(grid.columns * grid.rows * WORDS_PER_CELL);
  addDensityValues({ x: partnerOf(value), y: randomCodes(value.length, 3), value }, grid, figures);
  return figures;
}

/** Cells of the most rows and of the largest sums that there can be. */
const hardFigures = Uint32Array.from(
  [
    [FIXED_NULL, 1, FIXED_NULL - 1, FIXED_NULL, FIXED_NULL],
    [FIXED_NULL, FIXED_NULL, FIXED_NULL - 1, FIXED_NULL, 1],
    [1, FIXED_MAX, 0, FIXED_NULL, 1],
    [3, 1, 0, 2, FIXED_NULL],
    [2 ** 31, 7, 2 ** 31 - 1, FIXED_NULL, 5],
    [0, 0, 0, 0, 0],
  ].flat(),
);

async function onGpu(figures: Codes, aggregate: CellAggregate): Promise<Uint32Array> {
  const cells = figures.length / WORDS_PER_CELL;
  return runKernel(device, [figures], cells, (commands, [column], values) => {
    if (column) encodeCellValues(commands, column.wholeSlice().buffer, cells, { ...SCALE, aggregate }, values);
  });
}

const columns = [
  ...hardColumns().map(({ name, codes }) => ({ name, figures: figuresOf(codes) })),
  { name: 'the most that a cell can hold', figures: hardFigures },
];
const cases = columns.flatMap((each) => AGGREGATES.map((aggregate) => ({ ...each, aggregate })));

describe('the kernel of cell values agrees with its twin', () => {
  test.each(cases)('on the $aggregate of $name', async ({ figures, aggregate }) => {
    const [found, expected] = [await onGpu(figures, aggregate), cellValues(figures, aggregate, SCALE)];
    if (aggregate !== 'sum') return expect(found).toEqual(expected);
    found.forEach((word, cell) => {
      const [sum, wanted] = [floatOfKey(word), floatOfKey(expected[cell] ?? 0)];
      const [count = 0, low = 0, high = 0] = figures.subarray(cell * WORDS_PER_CELL);
      const parts = Math.abs(count * SCALE.origin) + (high * 2 ** 32 + low) * SCALE.step;
      if (expected[cell] === FIXED_NULL) expect(word).toBe(FIXED_NULL);
      else expect(Math.abs(sum - wanted)).toBeLessThanOrEqual(RELATIVE_ERROR * parts);
    });
  });
});

describe('the twin of cell values', () => {
  test('divides as whole numbers of any size do', () => {
    const words = cellValues(hardFigures, 'mean', SCALE);
    const expected = Array.from({ length: words.length }, (_, cell) => {
      const [count = 0, low = 0, high = 0] = hardFigures.subarray(cell * WORDS_PER_CELL);
      return count === 0 ? FIXED_NULL : Number((BigInt(high) * 2n ** 32n + BigInt(low)) / BigInt(count));
    });
    expect([...words]).toEqual(expected);
  });
  test.each(AGGREGATES)('tells the %s of the figures', (aggregate) => {
    const figures = figuresOf(randomCodes(20_000, 9, 7));
    const names = { mean: 'mean', min: 'minimum', max: 'maximum', sum: 'sum' } as const;
    cellValues(figures, aggregate, SCALE).forEach((word, cell) => {
      const known = figuresFromWords(figures, cell * WORDS_PER_CELL, SCALE);
      if (known.count === 0) return expect(word).toBe(FIXED_NULL);
      const value = aggregate === 'sum' ? floatOfKey(word) : SCALE.origin + word * SCALE.step;
      const wanted = known[names[aggregate]] ?? NaN;
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(SCALE.step + Math.abs(wanted) * 1e-6);
    });
  });
  test('orders floats as their numbers are ordered', () => {
    const numbers = [-3e38, -1, -1e-40, -0, 0, 1e-45, 0.5, 1, 3e38];
    const keys = numbers.map(keyOfFloat);
    expect(keys).toEqual(keys.toSorted((a, b) => a - b));
    expect(keys.map(floatOfKey)).toEqual(numbers.map(Math.fround));
  });
});
