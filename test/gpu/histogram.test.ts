import { FIXED_MAX, FIXED_NULL } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { addHistogram } from '../../webview/gpu/cpu/histogram.ts';
import { encodeHistogram, MAX_BINS } from '../../webview/gpu/kernels/histogram.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { hardColumns, hardRuns, randomCodes } from './columns.ts';
import { runKernel, type Conditions } from './kernelBench.ts';

type Edges = Uint32Array<ArrayBuffer>;

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

const evenEdges = (binCount: number, first = 0, last: number = FIXED_MAX): Edges =>
  Uint32Array.from({ length: binCount + 1 }, (_, bin) => first + Math.round((bin * (last - first)) / binCount));

const hardEdges: readonly { name: string; edges: Edges }[] = [
  { name: '1 bin', edges: evenEdges(1) },
  { name: '37 bins', edges: evenEdges(37) },
  { name: '256 bins', edges: evenEdges(256) },
  { name: 'the most bins', edges: evenEdges(MAX_BINS) },
  { name: 'a window inside the codes', edges: evenEdges(40, 1_000_000_000, 3_000_000_000) },
  { name: 'uneven edges', edges: Uint32Array.of(0, 1, 2, 1000, 12_345, 12_346, 4_000_000_000, FIXED_MAX) },
  { name: 'edges that coincide', edges: Uint32Array.of(0, 0, 500, 500, 500, FIXED_MAX, FIXED_MAX) },
  { name: 'a domain of one code', edges: Uint32Array.of(12_345, 12_345) },
  { name: 'edges above every code', edges: Uint32Array.of(0, FIXED_MAX, FIXED_NULL) },
];

function twin(codes: Uint32Array, edges: Edges): Uint32Array {
  const counts = new Uint32Array(edges.length - 1);
  addHistogram(codes, edges, counts);
  return counts;
}

function bruteForce(codes: Uint32Array, edges: Edges): Uint32Array {
  const counts = new Uint32Array(edges.length - 1);
  const bounds = Array.from(edges, BigInt);
  for (const code of Array.from(codes, BigInt)) {
    if (code === BigInt(FIXED_NULL) || code > (bounds.at(-1) ?? 0n)) continue;
    const bin = Math.min(
      bounds.findLastIndex((edge) => edge <= code),
      counts.length - 1,
    );
    if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

async function check(codes: Uint32Array<ArrayBuffer>, edges: Edges, conditions: Conditions = {}): Promise<void> {
  const counted = await runKernel(
    device,
    [codes],
    edges.length - 1,
    (commands, [column], result) => encodeHistogram(commands, column?.slicesFrom(0) ?? [], edges, result),
    conditions,
  );
  expect(counted).toEqual(twin(codes, edges));
}

describe('the histogram kernel agrees with its twin', () => {
  const cases = hardColumns().flatMap(({ name, codes }) =>
    (codes.length > 100_000 ? hardEdges.slice(1, 3) : hardEdges).map((hard) => ({
      name,
      codes,
      bins: hard.name,
      edges: hard.edges,
    })),
  );
  test.each(cases)('on $name in $bins', async ({ codes, edges }) => check(codes, edges));
  test.each(hardEdges)('with codes on and beside every edge of $name', async ({ edges }) => {
    const beside = [...edges]
      .flatMap((edge) => [edge - 1, edge, edge + 1])
      .filter((code) => code >= 0 && code <= FIXED_NULL);
    await check(Uint32Array.from(beside), edges);
  });
  test.each(hardRuns())('on $name', async ({ codes, conditions }) => check(codes, evenEdges(100), conditions));
  test('and refuses more bins than workgroup memory holds', async () => {
    await expect(check(randomCodes(10, 1), evenEdges(MAX_BINS + 1))).rejects.toMatchObject({ code: 'gpu-limit' });
  });
});

describe('the histogram twin agrees with searching the edges', () => {
  const columns = hardColumns().filter(({ codes }) => codes.length < 10_000);
  const cases = columns.flatMap(({ name, codes }) =>
    hardEdges
      .filter(({ edges }) => edges.length < 300)
      .map((hard) => ({ name, codes, bins: hard.name, edges: hard.edges })),
  );
  test.each(cases)('on $name in $bins', ({ codes, edges }) =>
    expect(twin(codes, edges)).toEqual(bruteForce(codes, edges)),
  );
});
