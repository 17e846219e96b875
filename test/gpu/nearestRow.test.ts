import { FIXED_NULL } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { nearestRow } from '../../webview/gpu/cpu/nearestRow.ts';
import { findNearestRow } from '../../webview/gpu/kernels/nearestRow.ts';
import type { PickPlace } from '../../webview/gpu/pickPlace.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { hardColumns, hardRuns, partnerOf, randomCodes } from './columns.ts';
import { withColumns, type Conditions } from './kernelBench.ts';

type Codes = Uint32Array<ArrayBuffer>;

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

/** Distances are told apart by this part of a pixel, and lose at most one part each to rounding on both axes. */
const SMALLEST_PX = 4 / 64;
const WHOLE_CODES_PER_PX = 2 ** 32 / 800;

function placeAt(x: number, y: number, reachPx: number, codesPerPx = WHOLE_CODES_PER_PX): PickPlace {
  return { x: { code: x, codesPerPx, reachPx }, y: { code: y, codesPerPx, reachPx }, reachPx };
}

const hardPlaces: readonly { readonly name: string; readonly place: PickPlace }[] = [
  { name: 'the middle', place: placeAt(2 ** 31, 2 ** 31, 30) },
  { name: 'a corner, from beside the data', place: placeAt(-5e6, -7e6, 40) },
  { name: 'the far corner', place: placeAt(2 ** 32 + 1e6, 2 ** 32 - 3e6, 40) },
  { name: 'a narrow window', place: placeAt(12_345.4, 2_000_000_000.5, 20, 3) },
  { name: 'a window narrower than a code', place: placeAt(12_345.4, 12_345.4, 20, 0.01) },
  { name: 'no reach', place: placeAt(12_345, 12_345, 0) },
  {
    name: 'a line, along which across matters more than up',
    place: {
      x: { code: 2 ** 31, codesPerPx: WHOLE_CODES_PER_PX, reachPx: 900 },
      y: { code: 2 ** 31, codesPerPx: WHOLE_CODES_PER_PX, reachPx: 900, weight: 0.1 },
      reachPx: 900,
    },
  },
  { name: 'one series', place: { ...placeAt(2 ** 31, 2 ** 31, 300), series: 1 } },
  {
    name: 'what a window shows',
    place: {
      x: { code: 2 ** 31, codesPerPx: 1e6, reachPx: 300, shown: { low: 2 ** 31 + 1e8, high: 2 ** 32 } },
      y: { code: 2 ** 31, codesPerPx: 1e6, reachPx: 300 },
      reachPx: 300,
    },
  },
];

/** Three series, and nulls of their own. */
const seriesOf = (codes: Codes): Codes => codes.map((code, row) => (row % 11 === 5 ? FIXED_NULL : (code >>> 7) % 3));

async function check(x: Codes, y: Codes, place: PickPlace, conditions: Conditions = {}): Promise<void> {
  const series = seriesOf(x);
  const found = await withColumns(device, [x, y, series], conditions, (gpu, columns) => {
    const [slicesX = [], slicesY = [], slices = []] = columns.map((column) => column.slicesFrom(0));
    return findNearestRow(gpu, { x: slicesX, y: slicesY, series: slices }, place);
  });
  expect(found).toBe(nearestRow([{ x, y, series, firstRow: 0 }], place));
}

describe('the picking kernel agrees with its twin', () => {
  test.each(hardRuns())('on $name', async ({ codes, conditions }) =>
    check(codes, partnerOf(codes), placeAt(codes[0] ?? 0, 2 ** 31, 500), conditions),
  );
  const columns = hardColumns().filter(({ codes }) => codes.length < 100_000);
  const cases = columns.flatMap(({ name, codes }) =>
    hardPlaces.map((hard) => ({ name, codes, at: hard.name, place: hard.place })),
  );
  test.each(cases)('on $name at $at', async ({ codes, place }) => check(codes, partnerOf(codes), place));
});

describe('the picking twin finds what exact distances find', () => {
  function distancePx(x: number, y: number, place: PickPlace): number {
    const along = (code: number, axis: PickPlace['x']) => ((code - axis.code) / axis.codesPerPx) * (axis.weight ?? 1);
    return Math.hypot(along(x, place.x), along(y, place.y));
  }

  test('to a few parts of a pixel', () => {
    const random = seededRandom(31);
    const [x, y] = [randomCodes(4000, 33, 9), randomCodes(4000, 34, 9)];
    const isPoint = (row: number) => x[row] !== FIXED_NULL && y[row] !== FIXED_NULL;
    for (let round = 0; round < 300; round += 1) {
      const place = placeAt((random() * 1.1 - 0.05) * 2 ** 32, (random() * 1.1 - 0.05) * 2 ** 32, 25);
      const distances = [...x.keys()]
        .filter(isPoint)
        .map((row) => distancePx(x[row] ?? 0, y[row] ?? 0, place))
        .sort((a, b) => a - b);
      const least = distances[0] ?? Infinity;
      const row = nearestRow([{ x, y, firstRow: 0 }], place);
      if (row === null) expect(least).toBeGreaterThan(25 - SMALLEST_PX);
      else expect(distancePx(x[row] ?? 0, y[row] ?? 0, place) - least).toBeLessThan(SMALLEST_PX);
    }
  });
  test('and the first of equal rows, whatever batch it is in', () => {
    const x = Uint32Array.of(9, 5, 5, 5);
    const batches = [0, 2].map((firstRow) => ({
      x: x.subarray(firstRow, firstRow + 2),
      y: x.subarray(firstRow, firstRow + 2),
      firstRow,
    }));
    expect(nearestRow(batches, placeAt(5, 5, 3, 1))).toBe(1);
    expect(nearestRow(batches, placeAt(100, 100, 3, 1))).toBeNull();
  });
  test('and only rows of the series that is asked for', () => {
    const rows = { x: Uint32Array.of(5, 6, 9), y: Uint32Array.of(5, 6, 9), series: Uint32Array.of(0, 1, 1) };
    const at = (series: number) => nearestRow([{ ...rows, firstRow: 0 }], { ...placeAt(5, 5, 3, 1), series });
    expect([at(0), at(1), at(2)]).toEqual([0, 1, null]);
  });
});
