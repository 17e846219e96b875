import { beforeAll, describe, expect, test } from 'vitest';
import { gatherRows } from '../../webview/gpu/cpu/gatherRows.ts';
import { selectionFigures } from '../../webview/gpu/cpu/selectionFigures.ts';
import { selectRows } from '../../webview/gpu/cpu/selectRows.ts';
import { encodeGatherRows } from '../../webview/gpu/kernels/gatherRows.ts';
import { findSelectionFigures } from '../../webview/gpu/kernels/selectionFigures.ts';
import type { RowSelection } from '../../webview/gpu/rowSelection.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { hardRuns, partnerOf, randomCodes } from './columns.ts';
import { runKernel, withColumns, type Conditions } from './kernelBench.ts';

type Codes = Uint32Array<ArrayBuffer>;

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

const BOX: RowSelection = { x: { low: 0, high: 3_000_000_000 }, y: { low: 100_000_000, high: 2 ** 32 } };
const CATEGORIES = 7;
const categoriesOf = (codes: Codes): Codes => codes.map((code) => code % (CATEGORIES + 2));

function twin(x: Codes, y: Codes, selection: RowSelection) {
  const { rows } = selectRows([{ x, y, firstRow: 0 }], selection);
  const columns = { columns: [[x], [y]], categories: [categoriesOf(x)], categoryCount: CATEGORIES };
  return selectionFigures(columns, rows);
}

async function check(x: Codes, y: Codes, selection: RowSelection, conditions: Conditions = {}): Promise<void> {
  const found = await withColumns(device, [x, y, categoriesOf(x)], conditions, (gpu, columns) => {
    const [slicesX = [], slicesY = [], categories = []] = columns.map((column) => column.slicesFrom(0));
    const pairs = { x: slicesX, y: slicesY };
    return findSelectionFigures(
      gpu,
      { pairs, columns: [slicesX, slicesY], categories, categoryCount: CATEGORIES },
      selection,
    );
  });
  const expected = twin(x, y, selection);
  expect(found.rowCount).toBe(expected.rowCount);
  expect(found.categories).toEqual(expected.categories);
  if (expected.rowCount > 0) expect(found.columns).toEqual(expected.columns);
}

describe('the figures of a selection agree on both tiers', () => {
  test.each(hardRuns())('on $name', async ({ codes, conditions }) => check(codes, partnerOf(codes), BOX, conditions));
  test('where nothing is selected', async () =>
    check(randomCodes(500, 1), randomCodes(500, 2), { x: { low: 5, high: 5 } }));
});

test('the figures of a selection are those of sorted values', () => {
  const [x, y] = [randomCodes(4001, 3, 9), randomCodes(4001, 4, 9)];
  const { rows } = selectRows([{ x, y, firstRow: 0 }], BOX);
  const { columns, categories } = twin(x, y, BOX);
  [x, y].forEach((codes, index) => {
    const values = [...rows].map((row) => codes[row] ?? 0).sort((a, b) => a - b);
    const at = (share: number) => values[Math.floor(share * (values.length - 1))];
    expect(columns[index]?.quartiles).toEqual([at(0.25), at(0.5), at(0.75)]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(columns[index]?.mean).toBeCloseTo(mean, 3);
  });
  const counted = Map.groupBy([...rows], (row) => (x[row] ?? 0) % (CATEGORIES + 2));
  expect([...(categories ?? [])]).toEqual(
    Array.from({ length: CATEGORIES }, (_, code) => counted.get(code)?.length ?? 0),
  );
});

describe('gathered rows agree on both tiers', () => {
  test.each(hardRuns())('on $name', async ({ codes, conditions }) => {
    const rows = Uint32Array.from([...codes.keys()].filter((row) => (codes[row] ?? 0) % 3 === 0));
    const gathered = await runKernel(
      device,
      [codes],
      Math.max(1, rows.length),
      (commands, [column], result) => {
        const numbers = commands.storage(rows.length > 0 ? rows : new Uint32Array(1), 'rows');
        encodeGatherRows(commands, column?.slicesFrom(0) ?? [], { buffer: numbers, endRow: rows.length }, result);
      },
      conditions,
    );
    expect(gathered.slice(0, rows.length)).toEqual(gatherRows([codes], rows));
  });
});
