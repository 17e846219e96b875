import { beforeAll, expect, test } from 'vitest';
import { codeOf, valueOf } from '#common/plot/fixedPoint';
import { codedOf } from '#common/plot/scaleCoding';
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

const VALUES = [-1e6, -3, -0.5, -0, 0, 1e-9, 0.25, 2, 1e12];

test.each(['symlog', 'sqrt'] as const)(
  'a %s axis has a place for every finite number, the same in SQL as in codes',
  async (type) => {
    const all = `(SELECT unnest([${VALUES.join(', ')}, NULL, 'inf'::DOUBLE, 'nan'::DOUBLE]::DOUBLE[]) AS v)`;
    const data = await plotData(duckdb, all);
    const scaled: PlotSpec = { ...spec, x: { field: 'v', bin: true, scale: { type } } };
    const { plan, rows } = await runPlot(duckdb, data, scaled);
    if (plan.header.plotKind !== 'histogram') throw new Error('no histogram');
    const { x, edges } = plan.header;
    const domain = [codedOf(-1e6, type), codedOf(1e12, type)] as const;
    const distances = VALUES.map((value, row) =>
      Math.abs(codeOf(codedOf(value, type), domain) - (rows[row]?.[0] ?? 0)),
    );
    expect(Math.max(...distances)).toBeLessThanOrEqual(16);
    expect(rows.slice(VALUES.length)).toEqual([[FIXED_NULL], [FIXED_NULL], [FIXED_NULL]]);
    expect([x.scale, x.domain, x.nullCount, x.infiniteCount]).toEqual([type, [-1e6, 1e12], 2, 1]);
    expect([edges[0], edges.at(-1), edges.every((edge, index) => edge > (edges[index - 1] ?? -Infinity))]).toEqual([
      -1e6,
      1e12,
      true,
    ]);
    const binned = await runPlot(duckdb, data, scaled, { maxColumnRows: 0 });
    expect(binned.rows.reduce((sum, [, count = 0]) => sum + count, 0)).toBe(VALUES.length);
  },
);
