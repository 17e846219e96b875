import { FIXED_NULL } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { codesAtRanks } from '../../webview/gpu/cpu/quantiles.ts';
import { findCodesAtRanks, MOST_RANKS } from '../../webview/gpu/kernels/quantiles.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { hardColumns, hardRuns, randomCodes } from './columns.ts';
import { withColumns, type Conditions } from './kernelBench.ts';

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

/** Both ends, the quartiles and the ranks beside the median, of the values that are there. */
function ranksOf(codes: Uint32Array): readonly number[] {
  const count = codes.filter((code) => code !== FIXED_NULL).length;
  const shares = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * Math.max(0, count - 1)));
  return [...shares, Math.max(0, Math.floor(count / 2) - 1), count];
}

async function check(codes: Uint32Array<ArrayBuffer>, conditions: Conditions): Promise<void> {
  const ranks = ranksOf(codes);
  const found = await withColumns(device, [codes], conditions, (gpu, [column]) =>
    findCodesAtRanks(gpu, column?.slicesFrom(0) ?? [], ranks),
  );
  expect(found).toEqual(codesAtRanks(codes, ranks));
}

describe('the quantile kernel agrees with its twin', () => {
  test.each(hardRuns())('on $name', async ({ codes, conditions }) => check(codes, conditions));
  test('and refuses more ranks than it has room for', async () => {
    const ranks = Array.from({ length: MOST_RANKS + 1 }, (_, rank) => rank);
    const run = withColumns(device, [randomCodes(10, 1)], {}, (gpu, [column]) =>
      findCodesAtRanks(gpu, column?.slicesFrom(0) ?? [], ranks),
    );
    await expect(run).rejects.toMatchObject({ code: 'gpu-limit' });
  });
});

describe('the quantile twin agrees with counting the smaller ones', () => {
  test.each(hardColumns().filter(({ codes }) => codes.length > 0 && codes.length < 10_000))('on $name', ({ codes }) => {
    const values = codes.filter((code) => code !== FIXED_NULL);
    const ranks = ranksOf(codes);
    codesAtRanks(codes, ranks).forEach((code, index) => {
      const rank = ranks[index] ?? 0;
      if (rank >= values.length) return expect(code).toBe(FIXED_NULL);
      const [below, upTo] = [
        values.filter((value) => value < code).length,
        values.filter((value) => value <= code).length,
      ];
      expect(below <= rank && rank < upTo).toBe(true);
    });
  });
});
