import { FIXED_NULL } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { findExtent, type CodeExtent } from '../../webview/gpu/cpu/extent.ts';
import { encodeExtent, EXTENT_LENGTH, extentFromBuffer } from '../../webview/gpu/kernels/extent.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { hardColumns, hardRuns, rowsOfTooManyWorkgroups } from './columns.ts';
import { runKernel, type Conditions } from './kernelBench.ts';

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

async function check(codes: Uint32Array<ArrayBuffer>, conditions: Conditions): Promise<void> {
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
  test.each(hardRuns())('on $name', async ({ codes, conditions }) => check(codes, conditions));
  test('on rows for more than 65,535 workgroups', async () => check(rowsOfTooManyWorkgroups(), {}));
});

describe('the extent twin agrees with sorting', () => {
  test.each(hardColumns().filter(({ codes }) => codes.length < 100_000))('on $name', ({ codes }) => {
    expect(findExtent(codes)).toEqual(bruteForce(codes));
  });
});
