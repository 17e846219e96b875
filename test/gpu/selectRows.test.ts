import { FIXED_NULL } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { selectRows } from '../../webview/gpu/cpu/selectRows.ts';
import { findSelectedRows } from '../../webview/gpu/kernels/selectRows.ts';
import type { RowSelection } from '../../webview/gpu/rowSelection.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { hardColumns, hardRuns, partnerOf, randomCodes } from './columns.ts';
import { expectSame, withColumns, type Conditions } from './kernelBench.ts';

type Codes = Uint32Array<ArrayBuffer>;
interface NamedSelection {
  readonly name: string;
  readonly selection: RowSelection;
}

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

const star = starPolygon(11, 2 ** 31, 2 ** 30 * 1.9);

const hardSelections: readonly NamedSelection[] = [
  { name: 'everything', selection: {} },
  { name: 'a span of x', selection: { x: { low: 1_000_000_000, high: 3_000_000_000 } } },
  { name: 'one code', selection: { x: { low: 12_345, high: 12_346 } } },
  {
    name: 'a box at the far corner',
    selection: { x: { low: 2 ** 31, high: 2 ** 32 }, y: { low: 2 ** 31, high: 2 ** 32 } },
  },
  { name: 'an empty box', selection: { x: { low: 500, high: 500 } } },
  { name: 'a star', selection: { polygon: star } },
  { name: 'a star in a box', selection: { polygon: star, x: { low: 2 ** 31, high: 2 ** 32 } } },
  {
    name: 'all codes as a polygon',
    selection: { polygon: Uint32Array.of(0, 0, FIXED_NULL, 0, FIXED_NULL, FIXED_NULL, 0, FIXED_NULL) },
  },
  {
    name: 'a sliver',
    selection: { polygon: Uint32Array.of(0, 0, FIXED_NULL, 4_000_000_000, FIXED_NULL, 4_000_000_007) },
  },
  {
    name: 'a polygon that crosses itself',
    selection: { polygon: Uint32Array.of(0, 0, FIXED_NULL, FIXED_NULL, FIXED_NULL, 0, 0, FIXED_NULL) },
  },
];

function starPolygon(points: number, center: number, radius: number): Codes {
  const corners = Array.from({ length: 2 * points }, (_, corner) => {
    const reach = corner % 2 === 0 ? radius : radius * 0.4;
    const angle = (corner * Math.PI) / points;
    return [center + reach * Math.cos(angle), center + reach * Math.sin(angle)];
  });
  return Uint32Array.from(corners.flat());
}

function randomMask(rowCount: number): Codes {
  return randomCodes(Math.ceil(rowCount / 32), 5);
}

async function check(
  x: Codes,
  y: Codes,
  selection: RowSelection,
  conditions: Conditions = {},
  most = x.length,
): Promise<void> {
  const found = await withColumns(device, [x, y], conditions, (gpu, [columnX, columnY]) =>
    findSelectedRows(gpu, { x: columnX?.slicesFrom(0) ?? [], y: columnY?.slicesFrom(0) ?? [] }, selection, most),
  );
  const expected = selectRows([{ x, y, firstRow: 0 }], selection, most);
  expect(found.count).toBe(expected.count);
  expectSame(found.rows, expected.rows);
}

describe('the selection kernel agrees with its twin', () => {
  test.each(hardRuns())('on $name', async ({ codes, conditions }) => {
    const corners = Uint32Array.of(0, 0, 1_000_000_000, 0, 0, 4_000_000_000);
    await check(codes, partnerOf(codes), { polygon: corners, mask: randomMask(codes.length) }, conditions);
  });
  const columns = hardColumns().filter(({ codes }) => codes.length < 100_000);
  const cases = columns.flatMap(({ name, codes }) =>
    hardSelections.map((hard) => ({ name, codes, selected: hard.name, selection: hard.selection })),
  );
  test.each(cases)('on $name in $selected', async ({ codes, selection }) => check(codes, partnerOf(codes), selection));
  test('on one axis alone', async () => {
    const codes = randomCodes(5000, 8, 9);
    await check(codes, codes, { x: { low: 2 ** 30, high: 2 ** 31 } });
  });
  test('and counts all where only some are asked for', async () => {
    const codes = randomCodes(9000, 9, 9);
    await check(codes, codes, {}, {}, 100);
    await check(codes, codes, {}, {}, 0);
  });
});

describe('the selection twin agrees with fractions', () => {
  const random = seededRandom(21);
  const near = (code: number) => Math.max(0, Math.min(FIXED_NULL, code + Math.round((random() - 0.5) * 6)));

  /** Points beside the corners, and points beside the edges, where rounding would decide wrongly. */
  function pointsBeside(polygon: Codes): { x: Codes; y: Codes } {
    const points: [number, number][] = [];
    for (let index = 0; index < polygon.length; index += 2) {
      const at = (offset: number) => polygon[(index + offset) % polygon.length] ?? 0;
      for (const share of [0, 0, 0.25, 1 / 3, 0.5, 0.999]) {
        points.push([near(at(0) + share * (at(2) - at(0))), near(at(1) + share * (at(3) - at(1)))]);
      }
    }
    return { x: Uint32Array.from(points, ([x]) => x), y: Uint32Array.from(points, ([, y]) => y) };
  }

  /** The even-odd rule by the crossing itself as a fraction. */
  function isInside(x: bigint, y: bigint, polygon: bigint[]): boolean {
    let isIn = false;
    for (let index = 0; index < polygon.length; index += 2) {
      const at = (offset: number) => polygon[(index + offset) % polygon.length] ?? 0n;
      const [ax, ay, bx, by] = [at(0), at(1), at(2), at(3)];
      if (ay > y === by > y) continue;
      const [numerator, denominator] = [(bx - ax) * (y - ay), by - ay];
      const isLeft = denominator > 0n ? (x - ax) * denominator < numerator : (x - ax) * denominator > numerator;
      if (isLeft) isIn = !isIn;
    }
    return isIn;
  }

  function bruteForce(x: Codes, y: Codes, polygon: Codes): number[] {
    const corners = Array.from(polygon, BigInt);
    return [...x.keys()].filter((row) => {
      const [codeX, codeY] = [x[row] ?? FIXED_NULL, y[row] ?? FIXED_NULL];
      return codeX !== FIXED_NULL && codeY !== FIXED_NULL && isInside(BigInt(codeX), BigInt(codeY), corners);
    });
  }

  const polygons = hardSelections.filter(({ selection }) => selection.polygon);
  test.each(polygons)('beside every edge of $name', async ({ selection }) => {
    const polygon = selection.polygon ?? new Uint32Array();
    const { x, y } = pointsBeside(polygon);
    const rows = bruteForce(x, y, polygon);
    expect([...selectRows([{ x, y, firstRow: 0 }], { polygon }).rows]).toEqual(rows);
    await check(x, y, { polygon });
  });
  test('in boxes and masks', () => {
    const [x, y] = [randomCodes(2000, 31, 6), randomCodes(2000, 32, 6)];
    const mask = randomMask(2000);
    const selection = { x: { low: 2 ** 30, high: 2 ** 32 }, y: { low: 0, high: 2 ** 31 }, mask };
    const expected = [...x.keys()].filter((row) => {
      const isMasked = (BigInt(mask[row >> 5] ?? 0) >> BigInt(row & 31)) & 1n;
      const [codeX, codeY] = [x[row] ?? 0, y[row] ?? 0];
      return isMasked === 1n && codeX >= 2 ** 30 && codeX < FIXED_NULL && codeY < 2 ** 31;
    });
    const batches = [0, 700, 1400].map((firstRow) => ({
      x: x.subarray(firstRow, firstRow + 700),
      y: y.subarray(firstRow, firstRow + 700),
      firstRow,
    }));
    expect(selectRows(batches, selection)).toEqual({ count: expected.length, rows: Uint32Array.from(expected) });
  });
});
