import { beforeAll, describe, expect, test } from 'vitest';
import type { CellGrid } from '#common/plot/cellGrid';
import { codeOf } from '#common/plot/fixedPoint';
import { FIXED_MAX, FIXED_NULL, type HistogramHeader, type ScatterHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { plotData, runPlot } from './plotCase.ts';

const SPAN = 2 ** 32;
/** The first codes of cells, and the last ones of those before. */
const EDGES = [2 ** 31, 4000 * 2 ** 20, SPAN - 900].flatMap((code) => [code - 1, code]);
const ON_EDGES = EDGES.map((code) => `${(code + 0.5) / FIXED_MAX}::DOUBLE`).join();
/** Rows on the very edges of cells, at the ends of both axes, without a value, and in between. */
const RELATION = `(SELECT CASE WHEN i % 50 = 0 THEN NULL WHEN i % 4 = 0 THEN (i % 64) / 64 ELSE abs(sin(i)) END AS x,
    CASE WHEN i % 70 = 0 THEN 'inf'::DOUBLE WHEN i % 3 = 0 THEN (i % 32) / 32 ELSE abs(cos(i * 3)) END AS y,
    CASE WHEN i % 11 = 0 THEN NULL ELSE i % 1000 END AS z
  FROM range(6000) AS r(i) UNION ALL SELECT unnest([0, 1, 0, 1]), unnest([0, 1, 1, 0]), 5
  UNION ALL SELECT a, b, 7 FROM unnest([${ON_EDGES}]) AS s(a), unnest([${ON_EDGES}]) AS t(b))`;
const SPEC: PlotSpec = { mark: 'point', x: { field: 'x' }, y: { field: 'y' } };

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

async function scatter(spec: PlotSpec) {
  const { plan } = await runPlot(duckdb, await plotData(duckdb, RELATION), spec, { maxColumnRows: 100 });
  const header = plan.header as ScatterHeader;
  const numbers = async (grid: CellGrid, kind: 'cells' | 'rows') =>
    (await duckdb.texts(plan.detailSql?.({ kind, grid }) ?? '')).map((row) => row.map(Number));
  return { header, numbers };
}

/** The codes of all rows with a place, worked out here. */
async function placedRows(): Promise<readonly { x: number; y: number; z: number | null }[]> {
  const rows = await duckdb.texts(`SELECT x, y, z FROM ${RELATION} WHERE isfinite(x) AND isfinite(y)`);
  const code = (text: string | null | undefined) => codeOf(Number(text), [0, 1]);
  return rows.map(([x, y, z]) => ({ x: code(x), y: code(y), z: z == null ? null : Number(z) }));
}

/** Four grids that meet in the middle of the plot, each finer than it, and one that reaches the end of all codes. */
const GRIDS: readonly CellGrid[] = [
  ...[0, 32].flatMap((firstColumn) =>
    [0, 128].map((firstRow) => ({ shiftX: 26, shiftY: 24, firstColumn, firstRow, columns: 32, rows: 128 })),
  ),
  { shiftX: 20, shiftY: 0, firstColumn: 4000, firstRow: SPAN - 900, columns: 96, rows: 900 },
];

const cellOf = ({ shiftX, shiftY, firstColumn = 0, firstRow = 0, columns, rows }: CellGrid, x: number, y: number) => {
  const [column, row] = [Math.floor(x / 2 ** shiftX) - firstColumn, Math.floor(y / 2 ** shiftY) - firstRow];
  return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : null;
};

describe('the cells of a part of a scatter', () => {
  test('hold the rows that lie in them, edges included', async () => {
    const [{ numbers }, rows] = await Promise.all([scatter(SPEC), placedRows()]);
    for (const grid of GRIDS) {
      const expected = new Map<number, number>();
      for (const { x, y } of rows) {
        const cell = cellOf(grid, x, y);
        if (cell !== null) expected.set(cell, (expected.get(cell) ?? 0) + 1);
      }
      expect(new Map((await numbers(grid, 'cells')) as [number, number][])).toEqual(expected);
    }
  });
  test('that cover the plot hold every row once', async () => {
    const [{ header, numbers }, rows] = await Promise.all([scatter(SPEC), placedRows()]);
    const counts = await Promise.all(GRIDS.slice(0, 4).map((grid) => numbers(grid, 'cells')));
    const sum = counts.flat().reduce((all, [, count = 0]) => all + count, 0);
    expect([sum, header.drawableCount]).toEqual([rows.length, rows.length]);
  });
  test('add up the values of their rows', async () => {
    const spec: PlotSpec = { ...SPEC, color: { field: 'z', aggregate: 'sum' } };
    const [{ header, numbers }, rows] = await Promise.all([scatter(spec), placedRows()]);
    if (header.color?.kind !== 'quantitative') throw new Error('no values');
    const { domain } = header.color;
    for (const grid of GRIDS) {
      const expected = new Map<number, readonly [count: number, sum: number, most: number, least: number]>();
      for (const { x, y, z } of rows) {
        const cell = cellOf(grid, x, y);
        if (cell === null || z === null) continue;
        const code = codeOf(z, domain);
        const [count, sum, most, least] = expected.get(cell) ?? [0, 0, 0, FIXED_NULL];
        expected.set(cell, [count + 1, sum + code, Math.max(most, code), Math.min(least, code)]);
      }
      const found = (await numbers(grid, 'cells')).map(
        ([cell = 0, count = 0, low = 0, high = 0, above = 0, below = 0]) =>
          [cell, [count, high * SPAN + low, above - 1, FIXED_NULL - below]] as const,
      );
      expect(new Map(found)).toEqual(expected);
    }
  });
  test('have the rows in them one by one', async () => {
    const [{ numbers }, rows] = await Promise.all([scatter(SPEC), placedRows()]);
    const places = (all: readonly (readonly [number, number])[]) => all.map(([x, y]) => x * SPAN + y).toSorted();
    for (const grid of GRIDS) {
      const expected = rows.filter(({ x, y }) => cellOf(grid, x, y) !== null).map(({ x, y }) => [x, y] as const);
      expect(places((await numbers(grid, 'rows')) as [number, number][])).toEqual(places(expected));
    }
  });
  test('of discs by category stand in their middles, and hold the rows that lie in them', async () => {
    const spec: PlotSpec = { ...SPEC, color: { field: 'z', type: 'nominal' } };
    const [{ numbers }, rows] = await Promise.all([scatter(spec), placedRows()]);
    for (const grid of GRIDS) {
      const expected = new Map<number, number>();
      for (const { x, y } of rows) {
        const cell = cellOf(grid, x, y);
        if (cell !== null) expected.set(cell, (expected.get(cell) ?? 0) + 1);
      }
      const found = (await numbers(grid, 'cells')).map(
        ([x = 0, y = 0, , , count = 0]) => [cellOf(grid, x, y), count] as const,
      );
      expect(new Map(found)).toEqual(expected);
    }
  });
});

describe('the bins of a part of a histogram', () => {
  test('hold the rows that lie in them, the last one its upper edge too', async () => {
    const spec: PlotSpec = { mark: 'bar', x: { field: 'x', bin: true }, y: { aggregate: 'count' } };
    const { plan } = await runPlot(duckdb, await plotData(duckdb, RELATION), spec, { maxColumnRows: 100 });
    expect((plan.header as HistogramHeader).x.domain).toEqual([0, 1]);
    const rows = await duckdb.texts(`SELECT x FROM ${RELATION} WHERE isfinite(x)`);
    const codes = rows.map(([x]) => codeOf(Number(x), [0, 1]));
    for (const edges of [
      [0.25, 0.375, 0.5, 0.75],
      [0, 0.015625, 0.03125],
      [0.9, 0.95, 1],
    ]) {
      const thresholds = edges.map((edge) => codeOf(edge, [0, 1]));
      const expected = new Map<number, number>();
      const last = thresholds.length - 2;
      for (const code of codes) {
        const bin = code === thresholds.at(-1) ? last : thresholds.findLastIndex((threshold) => threshold <= code);
        if (bin >= 0 && bin <= last) expected.set(bin, (expected.get(bin) ?? 0) + 1);
      }
      const found = await duckdb.texts(plan.detailSql?.({ kind: 'bins', thresholds }) ?? '');
      expect(new Map(found.map(([bin, count]) => [Number(bin), Number(count)]))).toEqual(expected);
    }
  });
});
