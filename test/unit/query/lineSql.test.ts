import { beforeAll, expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { codeOf } from '#common/plot/fixedPoint';
import { FIXED_MAX, FIXED_NULL } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { plotData, runPlot } from './plotCase.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

const plain: PlotSpec = { mark: 'line', x: { field: 'x' }, y: { field: 'y' } };
const coloured: PlotSpec = { ...plain, color: { field: 's' } };

test('few rows are drawn as they are, by x, with gaps where y is null', async () => {
  const relation = '(SELECT * FROM (VALUES (2, 5), (0, 1), (1, NULL), (NULL, 3)) AS v(x, y))';
  const { rows, plan } = await runPlot(duckdb, await plotData(duckdb, relation), plain);
  expect({ rows, fidelity: plan.header.fidelity, drawable: plan.header.drawableCount }).toEqual({
    rows: [
      [0, 0, 0],
      [codeOf(1, [0, 2]), FIXED_NULL, 0],
      [FIXED_MAX, FIXED_MAX, 0],
    ],
    fidelity: 'exact',
    drawable: 2,
  });
});

test('each value of the colour field is a series of its own, null too', async () => {
  const relation = "(SELECT * FROM (VALUES (0, 0, 'a'), (1, 9, NULL), (1, 3, 'b'), (1, 9, 'a')) AS v(x, y, s))";
  const { rows, plan } = await runPlot(duckdb, await plotData(duckdb, relation), coloured);
  const { header } = plan;
  if (header.plotKind !== 'line') throw new Error('no line');
  expect({ series: header.series, title: header.seriesTitle, rows }).toEqual({
    series: ['a', 'b', null],
    title: 'S',
    rows: [
      [0, 0, 0],
      [FIXED_MAX, FIXED_MAX, 0],
      [FIXED_MAX, codeOf(3, [0, 9]), 1],
      [FIXED_MAX, FIXED_MAX, 2],
    ],
  });
});

test('too many series are refused with a sentence', async () => {
  const relation = '(SELECT i AS x, i AS y, i::VARCHAR AS s FROM range(60) AS r(i))';
  const data = await plotData(duckdb, relation);
  const error: unknown = await runPlot(duckdb, data, coloured).catch((caught: unknown) => caught);
  expect(PikaError.is(error, 'plot-impossible')).toBe(true);
});

test('many rows keep the first, last, lowest and highest row of every series and cell', async () => {
  const relation = `(SELECT i AS x, CASE WHEN i = 33333 THEN 1e6 WHEN i % 97 = 0 THEN NULL ELSE sin(i / 500) * 100 + i % 7 END AS y,
    CASE WHEN i % 2 = 0 THEN 'even' ELSE 'odd' END AS s FROM range(60000) AS r(i))`;
  const data = await plotData(duckdb, relation);
  const { rows, plan } = await runPlot(duckdb, data, coloured, { widthPx: 200, maxColumnRows: 59_999 });
  const { header } = plan;
  if (header.plotKind !== 'line') throw new Error('no line');
  const shift = 24;
  const points = await duckdb.texts(`SELECT x, y, s FROM ${relation} WHERE y IS NOT NULL ORDER BY x`);
  const cells = new Map<string, [x: number, y: number, series: number][]>();
  for (const [x, y, name] of points) {
    const point: [number, number, number] = [
      codeOf(Number(x), header.x.domain),
      codeOf(Number(y), header.y.domain),
      header.series.indexOf(name ?? null),
    ];
    const key = `${point[2]}/${point[0] >>> shift}`;
    cells.set(key, [...(cells.get(key) ?? []), point]);
  }
  const drawn = new Set(rows.map((row) => row.join()));
  const spans = (list: readonly (readonly number[])[]) => {
    const ys = list.map(([, y = 0]) => y);
    return [list[0]?.join(), list.at(-1)?.join(), Math.min(...ys), Math.max(...ys)];
  };
  const drawnCells = new Map<string, (readonly number[])[]>();
  for (const row of rows) {
    const key = `${row[2] ?? 0}/${(row[0] ?? 0) >>> shift}`;
    drawnCells.set(key, [...(drawnCells.get(key) ?? []), row]);
  }
  const isOrdered = rows.every((row, index) => {
    const [x = 0, , series = 0] = rows[index - 1] ?? [];
    return series < (row[2] ?? 0) || (series === row[2] && x <= (row[0] ?? 0));
  });
  expect({
    cells: new Map([...drawnCells].map(([key, list]) => [key, spans(list)])),
    hasSpike: drawn.has([codeOf(33333, header.x.domain), FIXED_MAX, header.series.indexOf('odd')].join()),
    isSmall: Math.max(...[...drawnCells.values()].map((list) => list.length)) <= 4,
    isOrdered,
    fidelity: header.fidelity,
  }).toEqual({
    cells: new Map([...cells].map(([key, list]) => [key, spans(list)])),
    hasSpike: true,
    isSmall: true,
    isOrdered: true,
    fidelity: 'aggregated',
  });
});
