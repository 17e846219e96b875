import { beforeAll, describe, expect, test } from 'vitest';
import { sumBefore } from '../../webview/gpu/cpu/prefixSum.ts';
import { encodePrefixSum } from '../../webview/gpu/kernels/prefixSum.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { hardColumns, hardRuns, rowsOfTooManyWorkgroups } from './columns.ts';
import { columnAfter, expectSame, type Conditions } from './kernelBench.ts';

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

function bruteForce(values: Uint32Array): bigint[] {
  let sum = 0n;
  return Array.from(values, (value) => {
    const before = sum;
    sum = (sum + BigInt(value)) % 2n ** 32n;
    return before;
  }).concat(sum);
}

async function check(values: Uint32Array<ArrayBuffer>, conditions: Conditions): Promise<void> {
  const { column, result } = await columnAfter(
    device,
    values,
    (commands, [summed], total) => encodePrefixSum(commands, summed?.slicesFrom(0) ?? [], total),
    conditions,
  );
  const expected = values.slice();
  const total = sumBefore(expected);
  expect(result).toEqual(Uint32Array.of(total));
  expectSame(column, expected);
}

describe('the prefix sum kernel agrees with its twin', () => {
  test.each(hardRuns())('on $name', async ({ codes, conditions }) => check(codes, conditions));
  test('on rows for more than 65,535 workgroups', async () => check(rowsOfTooManyWorkgroups(), {}));
});

describe('the prefix sum twin agrees with whole numbers of any size', () => {
  test.each(hardColumns().filter(({ codes }) => codes.length < 100_000))('on $name', ({ codes }) => {
    const sums = codes.slice();
    const total = sumBefore(sums);
    expect([...sums, total].map(BigInt)).toEqual(bruteForce(codes));
  });
  test('when it goes on from batch to batch', () => {
    const whole = Uint32Array.of(5, 0, 4_000_000_000, 7, 4_000_000_000, 1);
    const parts = [whole.slice(0, 1), whole.slice(1, 4), whole.slice(4)];
    let before = 0;
    for (const part of parts) before = sumBefore(part, before);
    expect([...parts.flatMap((part) => [...part]), before].map(BigInt)).toEqual(bruteForce(whole));
  });
});
