import { beforeAll, describe, expect, test } from 'vitest';
import type { GroupsHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { plotData, runPlot } from './plotCase.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

const SALES = `(SELECT * FROM (VALUES ('a', 'p', 10.0, 1), ('a', 'q', 20.0, 2), ('b', 'p', 5.0, 3), ('b', 'p', 7.0, 4),
  (NULL, 'q', 100.0, 5), ('c', 'q', NULL, 6), ('d', 'q', -3.0, 7)) AS s(k, s, v, n))`;

async function headerOf(relation: string, spec: PlotSpec, widthPx = 640): Promise<GroupsHeader> {
  const { plan } = await runPlot(duckdb, await plotData(duckdb, relation), spec, { widthPx });
  if (plan.header.plotKind !== 'groups') throw new Error(`It is ${plan.header.plotKind}.`);
  return { ...plan.header, streamId: '' };
}

/** Names of a header's groups with their values. */
function valuesOf({ x, y, place, series, groups }: GroupsHeader): readonly unknown[] {
  const axis = place === 'x' ? x : y;
  const name = (at: number) => (axis.kind === 'nominal' ? axis.categories[at] : at);
  return groups.map(({ at, series: code, value }) => [name(at), series[code], value]);
}

function check(name: string, spec: PlotSpec, expected: readonly unknown[], relation = SALES): void {
  test(name, async () => {
    expect(valuesOf(await headerOf(relation, spec))).toEqual(expected);
  });
}

const k = { field: 'k', type: 'nominal' } as const;
check('bars of a sum leave out groups without values', { mark: 'bar', x: k, y: { field: 'v', aggregate: 'sum' } }, [
  ['a', null, 30],
  ['b', null, 12],
  ['d', null, -3],
  [null, null, 100],
]);
check(
  'bars are sorted by their value',
  { mark: 'bar', x: { ...k, sort: '-y' }, y: { field: 'v', aggregate: 'mean' } },
  [
    [null, null, 100],
    ['a', null, 15],
    ['b', null, 6],
    ['d', null, -3],
  ],
);
check(
  'bars lie when the value is on x',
  { mark: 'bar', y: { ...k, sort: 'descending' }, x: { field: 'v', aggregate: 'max' } },
  [
    [null, null, 100],
    ['d', null, -3],
    ['b', null, 7],
    ['a', null, 20],
  ],
);
check(
  'series are told apart',
  { mark: 'bar', x: k, y: { field: 'v', aggregate: 'sum' }, color: { field: 's', type: 'nominal' } },
  [
    ['a', 'q', 20],
    ['d', 'q', -3],
    [null, 'q', 100],
    ['a', 'p', 10],
    ['b', 'p', 12],
  ],
);
check(
  'a line goes through the mean of each place',
  { mark: 'line', x: { field: 'n', type: 'quantitative' }, y: { field: 'v', aggregate: 'mean' } },
  [
    [1, null, 2],
    [2, null, 5],
  ],
  '(SELECT * FROM (VALUES (1, 1.0), (1, 3.0), (2, 4.0), (2, 6.0)) AS r(n, v))',
);
check('different values are counted', { mark: 'bar', x: k, y: { field: 's', aggregate: 'distinct' } }, [
  ['a', null, 2],
  ['b', null, 1],
  ['c', null, 1],
  ['d', null, 1],
  [null, null, 1],
]);
check(
  'times are put together by month',
  { mark: 'line', x: { field: 't', type: 'temporal', timeUnit: 'yearmonth' }, y: { field: 'v', aggregate: 'median' } },
  [
    [Date.UTC(2020, 0, 1), null, 2],
    [Date.UTC(2020, 1, 1), null, 9],
  ],
  "(SELECT * FROM (VALUES (DATE '2020-01-01', 1), (DATE '2020-01-20', 2), (DATE '2020-01-31', 7), (DATE '2020-02-02', 9)) AS r(t, v))",
);

test('bars by a time unit show every span in its order, none as rare', async () => {
  const relation = "(SELECT DATE '2020-01-01' + i::INTEGER AS t, i AS v FROM range(1500) AS r(i))";
  const x = { field: 't', type: 'temporal', timeUnit: 'yearmonth' } as const;
  const header = await headerOf(relation, { mark: 'bar', x, y: { field: 'v', aggregate: 'sum' } }, 200);
  const truth = await duckdb.texts(
    `SELECT epoch_ms(date_trunc('month', t)), epoch_ms(date_trunc('month', t) + INTERVAL 1 MONTH), sum(v) FROM ${relation} GROUP BY ALL ORDER BY 1`,
  );
  expect(header.groups.map(({ at, end, value }) => [at, end, value])).toEqual(truth.map((row) => row.map(Number)));
});

test('bars by a time unit that are sorted by their value are categories', async () => {
  const relation = "(SELECT DATE '2020-01-01' + i::INTEGER AS t, i AS v FROM range(80) AS r(i))";
  const x = { field: 't', type: 'temporal', timeUnit: 'yearmonth', sort: '-y' } as const;
  const header = await headerOf(relation, { mark: 'bar', x, y: { field: 'v', aggregate: 'sum' } });
  expect(header.x).toMatchObject({ kind: 'nominal', categories: ['2020-03', '2020-02', '2020-01'] });
});

test('a heat map puts times together by their unit', async () => {
  const relation = "(SELECT DATE '2020-01-01' + i::INTEGER AS t, i % 2 = 0 AS k FROM range(366) AS r(i))";
  const x = { field: 't', type: 'temporal', timeUnit: 'yearquarter' } as const;
  const header = await headerOf(relation, { mark: 'rect', x, y: k, color: { aggregate: 'count' } });
  expect(new Set(header.groups.map(({ at }) => new Date(at).toISOString().slice(0, 10)))).toEqual(
    new Set(['2020-01-01', '2020-04-01', '2020-07-01', '2020-10-01']),
  );
});

test('rare categories become one with the aggregate of all their rows', async () => {
  const relation = '(SELECT chr((97 + i % 26)::INTEGER) AS k, i AS v FROM range(260) AS r(i))';
  const header = await headerOf(
    relation,
    { mark: 'bar', x: { ...k, sort: '-y' }, y: { field: 'v', aggregate: 'mean' } },
    100,
  );
  const values = valuesOf(header);
  const others = await duckdb.number(
    `SELECT avg(v) FROM ${relation} WHERE k NOT IN ('z','y','x','w','v','u','t','s','r','q')`,
  );
  expect(values[0]).toEqual(['z', null, 142]);
  expect(values.at(-1)).toEqual(['other', null, others]);
  expect([values.length, header.x.kind === 'nominal' && header.x.otherCount]).toEqual([11, 16]);
});

test('stacked bins count every row once, and the stack sets the axis', async () => {
  const relation = '(SELECT (i * 7919 % 1000) / 10 AS v, chr((97 + i % 3)::INTEGER) AS k FROM range(5000) AS r(i))';
  const header = await headerOf(relation, {
    mark: 'bar',
    x: { field: 'v', type: 'quantitative', bin: { maxbins: 10 } },
    color: k,
  });
  const truth = await duckdb.texts(
    `SELECT floor(v / 10) * 10 AS place, k, count(*) FROM ${relation} GROUP BY ALL ORDER BY k, place`,
  );
  expect(header.groups.map(({ at, series, value }) => [at, header.series[series], value])).toEqual(
    truth.map(([at, name, count]) => [Number(at), name, Number(count)]),
  );
  const highest = await duckdb.number(
    `SELECT max(n) FROM (SELECT count(*) AS n FROM ${relation} GROUP BY floor(v / 10))`,
  );
  expect(header.y.kind !== 'nominal' && header.y.domain[1]).toBeCloseTo(highest * 1.05, 6);
});

test('boxes have quartiles, whiskers and outliers', async () => {
  const relation = '(SELECT unnest([1, 2, 3, 4, 5, 6, 7, 8, 9, 100]) AS v)';
  const header = await headerOf(relation, { mark: 'boxplot', y: { field: 'v', type: 'quantitative' } });
  expect(header.groups).toMatchObject([
    {
      value: 5.5,
      box: { low: 1, firstQuartile: 3.25, thirdQuartile: 7.75, high: 9, outliers: [100], outlierCount: 1 },
    },
  ]);
});

test('a heat map has a cell per pair of places', async () => {
  const header = await headerOf(SALES, {
    mark: 'rect',
    x: k,
    y: { field: 's', type: 'nominal' },
    color: { field: 'v', aggregate: 'sum' },
  });
  const [x, y] = [header.x, header.y];
  if (x.kind !== 'nominal' || y.kind !== 'nominal') throw new Error('no categories');
  const cells = header.groups.map(
    ({ at, row, value }) => `${x.categories[at] ?? 'null'} ${y.categories[row ?? -1] ?? 'null'} ${value ?? 'null'}`,
  );
  expect(cells.toSorted()).toEqual(['a p 10', 'a q 20', 'b p 12', 'c q null', 'd q -3', 'null q 100']);
});

test('the steps of a distribution end at one', async () => {
  const relation = '(SELECT unnest([1, 1, 2, 4]) AS v)';
  const header = await headerOf(relation, {
    mark: 'line',
    x: { field: 'v', type: 'quantitative' },
    y: { aggregate: 'cume_dist' },
  });
  expect(header.groups.map(({ at, value }) => [at, value])).toEqual([
    [1, 0.5],
    [2, 0.75],
    [4, 1],
  ]);
});

describe('values at the ends of what a double holds', () => {
  const relation = '(SELECT (i - 10) * 1.5e307 AS v, i % 2 AS k FROM range(21) AS r(i))';
  const v = { field: 'v', type: 'quantitative' } as const;
  test('have a distribution', async () => {
    const { groups } = await headerOf(relation, { mark: 'line', x: v, y: { aggregate: 'cume_dist' } });
    expect(groups.map(({ at, value }) => [at, value])).toEqual(
      Array.from({ length: 21 }, (_, index) => [(index - 10) * 1.5e307, (index + 1) / 21]),
    );
  });
  test('have boxes inside their axis', async () => {
    const { groups, y } = await headerOf(relation, { mark: 'boxplot', y: v });
    expect(groups).toMatchObject([{ value: 0, box: { low: -1.5e308, high: 1.5e308 } }]);
    const ends = y.kind === 'nominal' ? [] : y.domain;
    expect(ends.map((end) => end.toPrecision(6))).toEqual(['-1.65000e+308', '1.65000e+308']);
  });
  test('leave out the sums that no double holds, and no others', async () => {
    const sums = `(SELECT * FROM (VALUES ('a', 1e308), ('a', 1e308), ('b', 1e308), ('b', 2.0)) AS s(k, v))`;
    const header = await headerOf(sums, { mark: 'bar', x: k, y: { field: 'v', aggregate: 'sum' } });
    expect(valuesOf(header)).toEqual([['b', null, 1e308]]);
    expect(header.drawableCount).toBe(2);
  });
});

test('more groups than a picture can show are refused, not cut', async () => {
  const minutes = "(SELECT TIMESTAMP '2020-01-01' + to_minutes(i::INTEGER) AS t, i AS v FROM range(50001) AS r(i))";
  const x = { field: 't', type: 'temporal', timeUnit: 'yearmonthdatehoursminutes' } as const;
  const spec: PlotSpec = { mark: 'line', x, y: { field: 'v', aggregate: 'mean' } };
  await expect(headerOf(minutes, spec)).rejects.toThrow(/50,000 groups/);
});

test('bars by a time unit that are too many are refused', async () => {
  const relation = "(SELECT unnest([DATE '1990-01-01', DATE '2024-01-01']) AS t)";
  const x = { field: 't', type: 'temporal', timeUnit: 'yearmonthdate' } as const;
  await expect(headerOf(relation, { mark: 'bar', x, y: { aggregate: 'count' } })).rejects.toMatchObject({
    code: 'plot-impossible',
  });
});

test('a line of means by day follows a local clock', async () => {
  const hours = `(SELECT TIMESTAMPTZ '2024-10-26 22:00:00+00' + to_hours(i) AS t, i AS v FROM range(73) AS r(i))`;
  const spec: PlotSpec = {
    mark: 'line',
    x: { field: 't', timeUnit: 'yearmonthdate', scale: { type: 'time' } },
    y: { field: 'v', aggregate: 'max' },
  };
  const { plan } = await runPlot(duckdb, await plotData(duckdb, hours), spec, { timeZone: 'Europe/Berlin' });
  if (plan.header.plotKind !== 'groups') throw new Error(`It is ${plan.header.plotKind}.`);
  expect(plan.header.groups.map(({ at, value }) => [new Date(at).toISOString().slice(0, 13), value])).toEqual([
    ['2024-10-26T22', 24],
    ['2024-10-27T23', 48],
    ['2024-10-28T23', 72],
  ]);
});
