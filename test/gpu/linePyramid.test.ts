import { FIXED_NULL } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildPyramid } from '../../webview/gpu/cpu/linePyramid.ts';
import { encodePyramid } from '../../webview/gpu/kernels/linePyramid.ts';
import { countNodes, FAN_OUT, NO_ROW, pyramidLevels, WORDS_PER_NODE } from '../../webview/gpu/linePyramid.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { hardColumns, hardRuns, randomCodes } from './columns.ts';
import { expectSame, runKernel, type Conditions } from './kernelBench.ts';

type Codes = Uint32Array<ArrayBuffer>;

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

async function check(codes: Codes, conditions: Conditions = {}): Promise<void> {
  const length = countNodes(pyramidLevels(codes.length)) * WORDS_PER_NODE;
  const built = await runKernel(
    device,
    [codes],
    Math.max(1, length),
    (commands, [column], nodes) => {
      if (column && codes.length > 0) encodePyramid(commands, column.wholeSlice(), nodes);
    },
    conditions,
  );
  expectSame(built.slice(0, length), buildPyramid(codes));
}

/** First, lowest, highest and last row of some values, by sorting. */
function figuresOf(codes: Codes, first: number, end: number): readonly number[] {
  const rows = [...codes.slice(first, end).keys()].map((row) => first + row).filter((row) => codes[row] !== FIXED_NULL);
  const sorted = rows.toSorted((a, b) => (codes[a] ?? 0) - (codes[b] ?? 0) || a - b);
  const highest = sorted.find((row) => codes[row] === codes[sorted.at(-1) ?? 0]);
  return [rows.at(0), sorted.at(0), highest, rows.at(-1)].map((row) => row ?? NO_ROW);
}

describe('the pyramid kernel agrees with its twin', () => {
  const wholeRuns = hardRuns().filter(({ conditions }) => conditions.chunkRows === undefined);
  test.each(wholeRuns)('on $name', async ({ codes, conditions }) => check(codes, conditions));
  test.each([FAN_OUT - 1, FAN_OUT, FAN_OUT + 1, FAN_OUT ** 2, FAN_OUT ** 2 + 1])('on %i rows', async (length) =>
    check(randomCodes(length, length, 5)),
  );
  test('and a line beyond one buffer is refused', async () => {
    await expect(check(randomCodes(2000, 1), { chunkRows: 512 })).rejects.toMatchObject({ code: 'gpu-limit' });
  });
});

describe('every node of the twin agrees with sorting', () => {
  test.each(hardColumns().filter(({ codes }) => codes.length < 20_000))('on $name', ({ codes }) => {
    const nodes = buildPyramid(codes);
    pyramidLevels(codes.length).forEach(({ firstNode, nodeCount }, level) => {
      const rows = FAN_OUT ** (level + 1);
      for (let node = 0; node < nodeCount; node += 1) {
        const place = (firstNode + node) * WORDS_PER_NODE;
        expect([...nodes.subarray(place, place + WORDS_PER_NODE)]).toEqual(
          figuresOf(codes, node * rows, (node + 1) * rows),
        );
      }
    });
  });
});
