import { FIXED_MAX, FIXED_NULL, type PlotHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { beforeAll, describe, expect, test } from 'vitest';
import { cellsWithin, type CellGrid } from '#common/plot/cellGrid';
import { addDensity } from '../../webview/gpu/cpu/density.ts';
import { lineColumns } from '../../webview/gpu/cpu/lineColumns.ts';
import { buildPyramid } from '../../webview/gpu/cpu/linePyramid.ts';
import { encodeDensity } from '../../webview/gpu/kernels/density.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { doublesOf, plotData, runPlot } from '../unit/query/plotCase.ts';
import { runKernel } from './kernelBench.ts';

type Codes = Uint32Array<ArrayBuffer>;

let device: GPUDevice;
let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  [device, duckdb] = await Promise.all([openTestDevice(), ReferenceDuckdb.open()]);
});

const DAY_MS = 86_400_000;
const YEAR_MS = 365.25 * DAY_MS;
const LINEAR: PlotSpec = { mark: 'point', x: { field: 'x' }, y: { field: 'y' } };
const LOG: PlotSpec = {
  mark: 'point',
  x: { field: 'x', scale: { type: 'log' } },
  y: { field: 'y', scale: { type: 'log' } },
};
const GRID: CellGrid = { shiftX: 23, shiftY: 24, columns: 512, rows: 256 };

interface HardSet {
  readonly name: string;
  readonly relation: string;
  /** How often the rows are there again: an outlier at either end, and all others in one cell. */
  readonly repeats?: number;
  /** What all values of the columns are multiples of, where their types say so. */
  readonly units?: readonly [x: number, y: number];
}

const HARD_SETS: readonly HardSet[] = [
  {
    name: 'a day of milliseconds in a column of fifty years',
    relation: `(SELECT CASE i WHEN 0 THEN 0 WHEN 1 THEN ${50 * YEAR_MS} ELSE ${31 * YEAR_MS} + i * 17 % ${DAY_MS} END::BIGINT AS x,
      sin(i) AS y FROM range(30000) AS r(i))`,
  },
  {
    name: 'thousandths above 1e12',
    relation: '(SELECT 1e12 + i * 0.001 AS x, -1e12 - i * 0.0007 AS y FROM range(30000) AS r(i))',
  },
  {
    name: 'one row in ten not a number, infinite or null',
    relation: `(SELECT CASE WHEN i % 10 > 0 THEN cos(i * 3) * 1e6 WHEN i % 30 = 0 THEN NULL WHEN i % 20 = 0 THEN 'nan'::DOUBLE ELSE 'inf'::DOUBLE END AS x,
      CASE WHEN i % 10 <> 7 THEN sin(i * 7) WHEN i % 20 = 7 THEN '-inf'::DOUBLE ELSE NULL END AS y FROM range(30000) AS r(i))`,
  },
  {
    name: '20 million rows in one cell',
    relation:
      '(SELECT CASE i WHEN 0 THEN -1e9 WHEN 1 THEN 1e9 ELSE 0.1 + i * 1e-6 END AS x, CASE i WHEN 0 THEN 5e8 ELSE 7 END AS y FROM range(1002) AS r(i))',
    repeats: 20_000,
  },
  {
    name: '100,000 single-sample spikes',
    units: [1, 0.1],
    relation:
      '(SELECT i AS x, CASE i % 2 WHEN 0 THEN 0.0 ELSE 1 + (i * 7919 % 99991) END AS y FROM range(200000) AS r(i))',
  },
];

interface Coded {
  readonly header: PlotHeader;
  readonly x: Codes;
  readonly y: Codes;
}

async function codesOf({ relation, repeats = 1 }: HardSet, spec: PlotSpec): Promise<Coded> {
  const { rows, plan } = await runPlot(duckdb, await plotData(duckdb, relation), spec);
  const column = (index: number) =>
    repeated(
      Uint32Array.from(rows, (row) => row[index] ?? FIXED_NULL),
      repeats,
    );
  return { header: { ...plan.header, streamId: '' } as PlotHeader, x: column(0), y: column(1) };
}

/** All rows but the first two over and over. */
function repeated(codes: Codes, times: number): Codes {
  if (times === 1) return codes;
  const block = codes.subarray(2);
  const all = new Uint32Array(2 + block.length * times);
  all.set(codes.subarray(0, 2));
  for (let row = 2; row < all.length; row += block.length) all.set(block, row);
  return all;
}

/**
 * Cells of the values themselves in double precision, by nothing that the product shares: the rank of the value among
 * 2^32 - 2 equal steps, and the cell that holds it. Multiples of a unit lie in the middle of one of 2^n steps each.
 */
async function cellsOfValues(
  { relation, repeats = 1, units: [unitX, unitY] = [0, 0] }: HardSet,
  grid: CellGrid,
  isLog: boolean,
): Promise<Uint32Array> {
  const read = async (field: string) => {
    const values = await doublesOf(duckdb, `SELECT "${field}"::DOUBLE FROM ${relation}`);
    return values.map((value) => (isLog && value !== null ? (value > 0 ? Math.log(value) : NaN) : value));
  };
  const [x, y] = [await read('x'), await read('y')];
  const rankIn = (column: readonly (number | null)[], unit: number) => {
    const finite = column.filter((value): value is number => value !== null && Number.isFinite(value));
    const low = finite.reduce((least, value) => Math.min(least, value));
    const high = finite.reduce((most, value) => Math.max(most, value));
    const steps = unit > 0 ? 2 ** Math.ceil(Math.log2(Math.round((high - low) / unit) + 1)) : 0;
    const [from, width] = unit > 0 ? [low - unit / 2, unit * steps] : [low, high - low];
    return (value: number) => Math.floor(((value - from) / width) * (2 ** 32 - 2));
  };
  const [rankX, rankY] = [rankIn(x, unitX), rankIn(y, unitY)];
  const counts = new Uint32Array(grid.columns * grid.rows);
  x.forEach((valueX, row) => {
    const valueY = y[row] ?? NaN;
    if (valueX === null || !Number.isFinite(valueX) || !Number.isFinite(valueY)) return;
    const column = Math.floor(rankX(valueX) / 2 ** grid.shiftX) - (grid.firstColumn ?? 0);
    const line = Math.floor(rankY(valueY) / 2 ** grid.shiftY) - (grid.firstRow ?? 0);
    if (column < 0 || column >= grid.columns || line < 0 || line >= grid.rows) return;
    const cell = line * grid.columns + column;
    counts[cell] = (counts[cell] ?? 0) + (row < 2 ? 1 : repeats);
  });
  return counts;
}

function wrongCells(counted: Uint32Array, expected: Uint32Array): number {
  return counted.reduce((wrong, count, cell) => wrong + (count === expected[cell] ? 0 : 1), 0);
}

async function countBoth({ x, y }: Coded, grid: CellGrid): Promise<{ gpu: Uint32Array; cpu: Uint32Array }> {
  const cpu = new Uint32Array(grid.columns * grid.rows);
  addDensity(x, y, grid, cpu);
  const gpu = await runKernel(device, [x, y], cpu.length, (commands, [columnX, columnY], counts) => {
    encodeDensity(commands, { x: columnX?.slicesFrom(0) ?? [], y: columnY?.slicesFrom(0) ?? [] }, grid, counts);
  });
  return { gpu, cpu };
}

/** The window around the rows in the middle of the column, as narrow as they allow. */
function windowOf({ x, y }: Coded): CellGrid {
  const middle = (codes: Codes) => {
    const sorted = codes
      .subarray(0, 30_000)
      .filter((code) => code !== FIXED_NULL)
      .sort();
    const [low = 0, high = FIXED_MAX] = [
      sorted[Math.floor(sorted.length * 0.2)],
      sorted[Math.floor(sorted.length * 0.8)],
    ];
    return { low, high: high + 1 };
  };
  return cellsWithin(middle(x), middle(y), GRID);
}

describe('every cell is counted right by the GPU and by the CPU', () => {
  test.each(HARD_SETS)('of $name', async (set) => {
    const coded = await codesOf(set, LINEAR);
    const grids = set.repeats ? [GRID] : [GRID, windowOf(coded)];
    for (const grid of grids) {
      const expected = await cellsOfValues(set, grid, false);
      const { gpu, cpu } = await countBoth(coded, grid);
      expect(expected.some((count) => count > 0)).toBe(true);
      expect({ gpu: wrongCells(gpu, expected), cpu: wrongCells(cpu, expected) }).toEqual({ gpu: 0, cpu: 0 });
    }
  });

  test('of logarithms, but for one in ten thousand whose logarithm two libraries round differently', async () => {
    const set = {
      name: 'logarithms',
      relation:
        '(SELECT CASE i % 7 WHEN 0 THEN 0 WHEN 1 THEN -i ELSE exp(i % 9973 / 1000) END AS x, 1e-9 + i * i % 100003 AS y FROM range(30000) AS r(i))',
    };
    const coded = await codesOf(set, LOG);
    const expected = await cellsOfValues(set, GRID, true);
    const { gpu, cpu } = await countBoth(coded, GRID);
    expect(wrongCells(gpu, cpu)).toBe(0);
    expect(wrongCells(gpu, expected)).toBeLessThanOrEqual(expected.length / 10_000);
  });
});

test('no spike is lost from a line, however many rows share its pixel', async () => {
  const spikes = HARD_SETS.at(-1);
  if (!spikes) throw new Error('There are no spikes.');
  const { x, y } = await codesOf(spikes, LINEAR);
  const columns = 640;
  const series = new Uint32Array(x.length);
  const edges = Uint32Array.from({ length: columns + 1 }, (_, column) =>
    Math.min(FIXED_NULL, Math.ceil((column * 2 ** 32) / columns)),
  );
  const order = [...x.keys()].sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
  const line = { x: x.map((_, row) => x[order[row] ?? 0] ?? 0), y: y.map((_, row) => y[order[row] ?? 0] ?? 0), series };
  const thin = lineColumns({ ...line, nodes: buildPyramid(line.y) }, edges, 1);
  const highest = (rows: { readonly x: Uint32Array; readonly y: Uint32Array }) => {
    const found = new Map<number, number>();
    rows.x.forEach((code, row) => {
      const column = Math.floor((code * columns) / 2 ** 32);
      const value = rows.y[row] ?? FIXED_NULL;
      if (value !== FIXED_NULL) found.set(column, Math.max(found.get(column) ?? 0, value));
    });
    return found;
  };
  expect(highest(thin)).toEqual(highest(line));
});
