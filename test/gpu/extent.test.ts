import { FIXED_NULL } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { findExtent, type CodeExtent } from '../../webview/gpu/cpu/extent.ts';
import { encodeExtent, EXTENT_LENGTH, extentFromBuffer } from '../../webview/gpu/kernels/extent.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { hardColumns, randomCodes } from './columns.ts';
import { runKernel, type Conditions } from './kernelBench.ts';

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

async function check(codes: Uint32Array<ArrayBuffer>, conditions: Conditions = {}): Promise<void> {
  const values = await runKernel(
    device,
    [codes],
    EXTENT_LENGTH,
    (commands, [column], result) => encodeExtent(commands, column?.slicesFrom(0) ?? [], result),
    conditions,
  );
  expect(extentFromBuffer(values)).toEqual(findExtent(codes));
}

function bruteForce(codes: Uint32Array): CodeExtent {
  const sorted = Array.from(codes, BigInt)
    .filter((code) => code !== BigInt(FIXED_NULL))
    .sort((a, b) => (a < b ? -1 : 1));
  return { minimum: Number(sorted.at(0) ?? FIXED_NULL), maximum: Number(sorted.at(-1) ?? 0), count: sorted.length };
}

describe('the extent kernel agrees with its twin', () => {
  test.each(hardColumns())('on $name', async ({ codes }) => check(codes));
  test('with fewer workgroups than rows ask for', async () => check(randomCodes(100_000, 5, 9), { maxWorkgroups: 2 }));
  test('over many chunks and odd batches', async () =>
    check(randomCodes(10_007, 6, 9), { chunkRows: 1024, batchRows: 333 }));
});

describe('the extent twin agrees with sorting', () => {
  test.each(hardColumns().filter(({ codes }) => codes.length < 100_000))('on $name', ({ codes }) => {
    expect(findExtent(codes)).toEqual(bruteForce(codes));
  });
});
