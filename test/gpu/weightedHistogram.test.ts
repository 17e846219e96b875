import { FIXED_MAX, FIXED_NULL } from '#common/plot/plotData';
import { codeOf } from '#common/plot/fixedPoint';
import { beforeAll, describe, expect, test } from 'vitest';
import { addWeights } from '../../webview/gpu/cpu/weightedHistogram.ts';
import { encodeWeightedHistogram, MAX_WEIGHTED_BINS } from '../../webview/gpu/kernels/weightedHistogram.ts';
import { sumFromWords, WORDS_PER_SUM } from '../../webview/gpu/valueFigures.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { hardColumns, hardRuns, partnerOf, randomCodes } from './columns.ts';
import { runKernel, type Conditions } from './kernelBench.ts';

type Codes = Uint32Array<ArrayBuffer>;

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

const evenEdges = (binCount: number): Codes =>
  Uint32Array.from({ length: binCount + 1 }, (_, bin) => Math.round((bin * FIXED_MAX) / binCount));
const unevenEdges = Uint32Array.of(0, 1, 1, 1000, 12_345, 12_346, 4_000_000_000, FIXED_MAX);

function twin(codes: Codes, weights: Codes, edges: Codes): Uint32Array {
  const sums = new Uint32Array(WORDS_PER_SUM * (edges.length - 1));
  addWeights(codes, weights, edges, sums);
  return sums;
}

async function check(codes: Codes, weights: Codes, edges: Codes, conditions: Conditions = {}): Promise<void> {
  const summed = await runKernel(
    device,
    [codes, weights],
    WORDS_PER_SUM * (edges.length - 1),
    (commands, [column, weight], sums) => {
      const pairs = { x: column?.slicesFrom(0) ?? [], y: weight?.slicesFrom(0) ?? [] };
      encodeWeightedHistogram(commands, pairs, edges, sums);
    },
    conditions,
  );
  expect(summed).toEqual(twin(codes, weights, edges));
}

describe('the weighted histogram kernel agrees with its twin', () => {
  test.each(hardRuns())('on $name', async ({ codes, conditions }) =>
    check(codes, partnerOf(codes), evenEdges(100), conditions),
  );
  const columns = hardColumns().filter(({ codes }) => codes.length < 100_000);
  test.each(columns)('on weights of $name in uneven bins', async ({ codes }) =>
    check(partnerOf(codes), codes, unevenEdges),
  );
  test('in the most bins', async () => check(randomCodes(9000, 2), randomCodes(9000, 3), evenEdges(MAX_WEIGHTED_BINS)));
  test('and refuses more', async () => {
    const run = check(randomCodes(9, 2), randomCodes(9, 3), evenEdges(MAX_WEIGHTED_BINS + 1));
    await expect(run).rejects.toMatchObject({ code: 'gpu-limit' });
  });
});

test('the weighted histogram twin agrees with whole numbers of any size', () => {
  const [codes, weights] = [randomCodes(3000, 5, 9), randomCodes(3000, 6, 9)];
  const edges = evenEdges(7);
  const expected = Array.from({ length: 7 }, (_, bin) => {
    const isIn = (code: number) =>
      code >= (edges[bin] ?? 0) && (code < (edges[bin + 1] ?? 0) || (bin === 6 && code === FIXED_MAX));
    const inside = [...weights].filter((weight, row) => weight !== FIXED_NULL && isIn(codes[row] ?? FIXED_NULL));
    const sum = inside.reduce((total, weight) => total + BigInt(weight), 0n);
    return [inside.length, Number(sum % 2n ** 32n), Number(sum / 2n ** 32n)];
  });
  expect(twin(codes, weights, edges)).toEqual(Uint32Array.from(expected.flat()));
});

test('sums and means of values are right to a step a row', () => {
  const random = seededRandom(8);
  const values = Array.from({ length: 4000 }, () => (random() - 0.3) * 2e6);
  const domain = [Math.min(...values), Math.max(...values)] as const;
  const scale = { origin: domain[0], step: (domain[1] - domain[0]) / FIXED_MAX };
  const weights = Uint32Array.from(values, (value) => codeOf(value, domain));
  const words = twin(new Uint32Array(values.length), weights, Uint32Array.of(0, FIXED_MAX));
  const { count, sum, mean } = sumFromWords(words, 0, scale);
  const exact = values.reduce((total, value) => total + value, 0);
  expect(count).toBe(values.length);
  expect(Math.abs(sum - exact)).toBeLessThan(values.length * scale.step + Math.abs(exact) * 1e-12);
  expect(Math.abs((mean ?? NaN) - exact / values.length)).toBeLessThan(scale.step * 1.01);
});
