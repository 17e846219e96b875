import { beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '#common/plot/fixedPoint';
import { FIXED_NULL } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { addDensityValues } from '../../../webview/gpu/cpu/densityValues.ts';
import { WORDS_PER_CELL } from '../../../webview/gpu/valueFigures.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { doublesOf, plotData, runPlot } from './plotCase.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

const spec: PlotSpec = { mark: 'point', x: { field: 'x' }, y: { field: 'y' } };

const RELATIONS: Readonly<Record<string, string>> = {
  'random numbers': '(SELECT sin(i) * 1e3 AS x, cos(i * 7) AS y FROM range(20000) AS r(i))',
  'numbers with gaps': `(SELECT CASE WHEN i % 3 = 0 THEN NULL WHEN i % 5 = 0 THEN 'nan'::DOUBLE ELSE i END AS x,
    CASE WHEN i % 7 = 0 THEN NULL WHEN i % 11 = 0 THEN '-inf'::DOUBLE ELSE i * i END AS y FROM range(3000) AS r(i))`,
  'all rows in one cell': '(SELECT 1.5 AS x, -2 AS y FROM range(5000))',
  'a date and a decimal':
    "(SELECT DATE '2000-01-01' + i::INTEGER AS x, (i * 1.25)::DECIMAL(12,2) AS y FROM range(900) AS r(i))",
  'no row': '(SELECT 1 AS x, 2 AS y WHERE false)',
  'no finite pair': '(SELECT 1 AS x, NULL::INTEGER AS y)',
};

/** @param even Where codes lie evenly with values: of how many units, of which size. */
async function codesOf(
  relation: string,
  column: 'x' | 'y',
  even?: { readonly unit: number; readonly count: number },
): Promise<number[]> {
  const isDate = relation.includes('DATE') && column === 'x';
  const value = isDate ? `epoch_ms(${column})` : column;
  const values = await doublesOf(duckdb, `SELECT CAST(${value} AS DOUBLE) FROM ${relation}`);
  const finite = values.filter((each) => each !== null && Number.isFinite(each)) as number[];
  const domain = finite.reduce(
    ([low, high], each) => [Math.min(low, each), Math.max(high, each)],
    [finite[0] ?? 0, finite[0] ?? 0],
  ) as readonly [number, number];
  const low = domain[0] - (even?.unit ?? 0) / 2;
  const coding = even ? ([low, low + even.unit * 2 ** Math.ceil(Math.log2(even.count))] as const) : domain;
  return values.map((each) => (each !== null && Number.isFinite(each) ? codeOf(each, coding) : FIXED_NULL));
}

describe.each(Object.entries(RELATIONS))('a scatter of %s', (_, relation) => {
  test('ships the codes of doubles', async () => {
    const { rows } = await runPlot(duckdb, await plotData(duckdb, relation), spec);
    const [xs, ys] = [await codesOf(relation, 'x'), await codesOf(relation, 'y')];
    expect(rows).toEqual(xs.map((x, index) => [x, ys[index]]));
  });

  test('counts every drawable row in its cell', async () => {
    const { rows, plan } = await runPlot(duckdb, await plotData(duckdb, relation), spec, { maxColumnRows: -1 });
    const { header } = plan;
    if (header.plotKind !== 'scatter') throw new Error('no scatter');
    const { shiftX, shiftY, columns } = header.grid;
    const [xs, ys] = [await codesOf(relation, 'x', header.x.even), await codesOf(relation, 'y', header.y.even)];
    const cells = new Map<number, number>();
    for (const [index, x] of xs.entries()) {
      const y = ys[index] ?? FIXED_NULL;
      if (x === FIXED_NULL || y === FIXED_NULL) continue;
      const cell = (y >>> shiftY) * columns + (x >>> shiftX);
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
    const drawn = [...cells.values()].reduce((sum, count) => sum + count, 0);
    expect({ cells: new Map(rows as [number, number][]), drawableCount: header.drawableCount }).toEqual({
      cells,
      drawableCount: drawn,
    });
  });
});

test.each(['mean', 'sum', 'min', 'max'] as const)(
  'the %s of a third column comes per cell as adding up codes gives it',
  async (aggregate) => {
    const relation = `(SELECT sin(i) * 1e3 AS x, cos(i * 7) AS y, CASE WHEN i % 9 = 4 THEN NULL ELSE i * i % 1009 END AS v FROM range(20000) AS r(i))`;
    const coloured: PlotSpec = { ...spec, color: { field: 'v', aggregate } };
    const data = await plotData(duckdb, relation);
    const { rows: codes, plan: shipped } = await runPlot(duckdb, data, coloured);
    const { rows, plan } = await runPlot(duckdb, data, coloured, { maxColumnRows: -1 });
    const { header } = plan;
    if (header.plotKind !== 'scatter') throw new Error('no scatter');
    const column = (index: 0 | 1 | 2) => Uint32Array.from(codes, (row) => row[index] ?? 0);
    const figures = new Uint32Array(header.grid.columns * header.grid.rows * WORDS_PER_CELL);
    addDensityValues({ x: column(0), y: column(1), value: column(2) }, header.grid, figures);
    const given = new Uint32Array(figures.length);
    for (const [cell = 0, ...words] of rows) given.set(words, cell * WORDS_PER_CELL);
    expect(given.every((word, index) => word === figures[index])).toBe(true);
    const drawable = figures.filter((_, index) => index % WORDS_PER_CELL === 0).reduce((sum, count) => sum + count, 0);
    expect([header.cellValue, header.drawableCount, shipped.header.drawableCount]).toEqual([
      aggregate,
      drawable,
      drawable,
    ]);
  },
);

test('columns of equal names are told apart by position', async () => {
  const relation = '(SELECT 1 AS x, 10 AS "x", 5 AS y UNION ALL SELECT 3, 20, 6)';
  const columns = [
    { name: 'x', type: 'INTEGER' },
    { name: 'x:1', type: 'INTEGER' },
    { name: 'y', type: 'INTEGER' },
  ];
  const second: PlotSpec = { mark: 'point', x: { field: 'x:1' }, y: { field: 'y' } };
  const { plan } = await runPlot(duckdb, { relation, columns }, second);
  expect(plan.header.x).toMatchObject({ field: 'x:1', domain: [10, 20] });
});

test('names that need quotes are plotted', async () => {
  const relation = '(SELECT i AS "a ""b"" 📈", -i AS "select" FROM range(3) AS r(i))';
  const quoted: PlotSpec = { mark: 'point', x: { field: 'a "b" 📈' }, y: { field: 'SELECT' } };
  const { plan } = await runPlot(duckdb, await plotData(duckdb, relation), quoted);
  expect(plan.header.x).toMatchObject({ domain: [0, 2] });
});

test('a sample says so', async () => {
  const { plan } = await runPlot(duckdb, await plotData(duckdb, '(SELECT 1 AS x, 2 AS y)'), spec, { sampledOneIn: 50 });
  expect(plan.header).toMatchObject({ fidelity: 'sampled', sampledOneIn: 50, rowCount: 1 });
});

test('sizes of more rows than are drawn one by one are left out, and the header says so', async () => {
  const data = await plotData(duckdb, '(SELECT i AS x, i AS y, i AS weight FROM range(10) AS r(i))');
  const { plan } = await runPlot(duckdb, data, { ...spec, size: { field: 'weight' } }, { maxColumnRows: 5 });
  expect(plan.header).toMatchObject({ strategy: 'aggregate', sizeLeftOut: 'Weight' });
  expect(plan.header).not.toHaveProperty('size');
});
