import { beforeAll, describe, expect, test } from 'vitest';
import { addCategories } from '../../webview/gpu/cpu/categoryCounts.ts';
import { encodeCategoryCounts } from '../../webview/gpu/kernels/categoryCounts.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { hardRuns, randomCodes } from './columns.ts';
import { runKernel, type Conditions } from './kernelBench.ts';

type Codes = Uint32Array<ArrayBuffer>;

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

/** Codes as indexes of categories and a few beyond; nulls stay null. */
const indexesOf = (codes: Codes, count: number): Codes =>
  codes.map((code) => (code === 0xffffffff ? code : code % (count + 3)));

function twin(codes: Codes, count: number): Uint32Array {
  const counts = new Uint32Array(count);
  addCategories(codes, counts);
  return counts;
}

async function check(codes: Codes, count: number, conditions: Conditions = {}): Promise<void> {
  const counted = await runKernel(
    device,
    [codes],
    count,
    (commands, [column], counts) => encodeCategoryCounts(commands, column?.slicesFrom(0) ?? [], count, counts),
    conditions,
  );
  expect(counted).toEqual(twin(codes, count));
}

describe('the category kernel agrees with its twin', () => {
  test.each(hardRuns())('on $name', async ({ codes, conditions }) => check(indexesOf(codes, 12), 12, conditions));
  test.each([1, 1023, 1024, 1025, 5000])('with %i categories', async (count) =>
    check(indexesOf(randomCodes(50_000, count, 9), count), count),
  );
  test('on codes that are no indexes', async () => check(randomCodes(1000, 4, 3), 7));
});

test('the category twin agrees with a table of names', () => {
  const codes = indexesOf(randomCodes(5000, 6, 9), 20);
  const counts = Map.groupBy(codes, (code) => code);
  expect(twin(codes, 20)).toEqual(Uint32Array.from({ length: 20 }, (_, code) => counts.get(code)?.length ?? 0));
});
