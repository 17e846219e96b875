import { beforeAll, expect, test } from 'vitest';
import { codeOf, valueOf } from '#common/plot/fixedPoint';
import { FIXED_NULL } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { plotData, runPlot } from './plotCase.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

const spec: PlotSpec = {
  mark: 'bar',
  x: { field: 'v', bin: true, scale: { type: 'log' } },
  y: { aggregate: 'count' },
};
const relation = "(SELECT unnest([0.01, 1, 10, 250, 1e6, 0, -5, NULL, 'inf'::DOUBLE]) AS v)";

test('a log axis codes logarithms; zero and below have no place on it', async () => {
  const { plan, rows } = await runPlot(duckdb, await plotData(duckdb, relation), spec);
  const { header } = plan;
  if (header.plotKind !== 'histogram') throw new Error('no histogram');
  const domain = [Math.log(0.01), Math.log(1e6)] as const;
  const expected = [0.01, 1, 10, 250, 1e6].map((value) => codeOf(Math.log(value), domain));
  const codes = rows.map(([code = 0]) => code);
  const distances = expected.map((code, index) => Math.abs(code - (codes[index] ?? 0)));
  expect({
    isNear: Math.max(...distances) <= 16,
    others: codes.slice(5),
    axis: [header.x.scale, header.x.domain, header.x.nullCount, header.x.infiniteCount],
    firstEdge: header.edges[0],
    lastEdge: header.edges.at(-1),
  }).toEqual({
    isNear: true,
    others: [FIXED_NULL, FIXED_NULL, FIXED_NULL, FIXED_NULL],
    axis: ['log', [0.01, 1e6], 3, 1],
    firstEdge: 0.01,
    lastEdge: 1e6,
  });
  for (const [index, value] of [0.01, 1, 10, 250, 1e6].entries()) {
    expect(valueOf(codes[index] ?? 0, header.x) / value).toBeCloseTo(1, 6);
  }
});

test('a log axis counts the same in DuckDB as from the codes', async () => {
  const data = await plotData(duckdb, relation);
  const { rows, plan } = await runPlot(duckdb, data, spec, { maxColumnRows: 0 });
  expect([rows.reduce((sum, [, count = 0]) => sum + count, 0), plan.header.drawableCount]).toEqual([5, 5]);
});
