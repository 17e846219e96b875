import { beforeAll, describe, expect, test } from 'vitest';
import { fieldKind } from '#common/plot/fieldKind';
import { codeOf, edgeCodes } from '#common/plot/fixedPoint';
import { FIXED_NULL } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { doublesOf, plotData, runPlot } from './plotCase.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

const random = seededRandom(3);
const list = (values: readonly (number | string | null)[]) =>
  `[${values.map((value) => (value === null ? 'NULL' : `'${value}'`)).join(', ')}]`;
const doubles = (values: readonly (number | string | null)[]) => `(SELECT unnest(${list(values)}::DOUBLE[]) AS v)`;
const typed = (values: readonly (number | string | null)[], type: string) =>
  `(SELECT unnest(${list(values)}::${type}[]) AS v)`;
const stamp = (year: number) => Date.UTC(year, 0, 1) + Math.floor(random() * 3e10);

/** Relations with a column `v`, and SQL of its value as DOUBLE in data units, by DuckDB's own functions. */
const COLUMNS: Readonly<Record<string, readonly [relation: string, value: string]>> = {
  'a few numbers': [doubles([1, 2, 2, 3.5, 10]), 'v'],
  'nulls, NaN and infinities': [doubles([null, 'nan', 'inf', '-inf', 1, -1, 0, '-0', null]), 'v'],
  'one value only': [doubles([7, 7, 7]), 'v'],
  'no finite value': [doubles([null, 'nan', 'inf']), 'v'],
  'no row': ['(SELECT 1e0 AS v WHERE false)', 'v'],
  'values at a great distance from zero': [doubles(Array.from({ length: 50 }, (_, i) => 1e12 + i / 64)), 'v'],
  'one day of milliseconds in fifty years': [
    doubles([
      ...Array.from({ length: 50 }, (_, i) => stamp(1975 + i)),
      ...Array.from({ length: 50 }, (_, i) => 1.6e12 + i * 1000),
    ]),
    'v',
  ],
  'the smallest and the largest doubles': [
    doubles([5e-324, 1e-310, -1.7976931348623157e308, 1.7976931348623157e308, 0]),
    'v',
  ],
  'only subnormal numbers': [doubles([5e-324, 1e-323, 3e-320, 0]), 'v'],
  'values on every edge': [doubles(Array.from({ length: 101 }, (_, i) => i / 10)), 'v'],
  'random numbers': [doubles(Array.from({ length: 500 }, () => (random() - 0.5) * 1e6)), 'v'],
  'whole numbers': [typed([1, 5, 3, 2, 9, 9, null], 'INTEGER'), 'v'],
  'whole numbers beyond 2^53': [
    typed(['9223372036854775807', '-9223372036854775808', '9007199254740993'], 'BIGINT'),
    'v',
  ],
  'very large whole numbers': [
    typed(['170141183460469231731687303715884105727', '-170141183460469231731687303715884105728', '5'], 'HUGEINT'),
    'v',
  ],
  'unsigned very large whole numbers': [
    typed(['340282366920938463463374607431768211455', '0', '12345678901234567890123'], 'UHUGEINT'),
    'v',
  ],
  decimals: [typed(['0.1', '0.2', '0.3', '-99.999', null], 'DECIMAL(18,3)'), 'v'],
  'single-precision numbers': [typed(['0.1', '3.4e38', '-1', 'nan'], 'FLOAT'), 'v'],
  dates: [
    typed(['2020-02-29', '1969-12-31', '0001-01-01', 'infinity', null], 'DATE'),
    `CASE WHEN isfinite(v) THEN epoch_ms(v) WHEN v IS NOT NULL THEN 'inf'::DOUBLE END`,
  ],
  timestamps: [
    typed(['2020-01-01 00:00:00.123456', '1960-05-05', '-infinity', null], 'TIMESTAMP'),
    `CASE WHEN isfinite(v) THEN epoch_us(v) / 1e3 WHEN v IS NOT NULL THEN 'inf'::DOUBLE END`,
  ],
  'timestamps with a time zone': [
    typed(['2020-01-01 00:00:00+02', '2020-01-01 00:00:00-08'], 'TIMESTAMP WITH TIME ZONE'),
    'epoch_ms(v)',
  ],
  'times of day': [typed(['00:00:00', '23:59:59.5', null], 'TIME'), 'epoch_ms(v)'],
  'extremes of every date and time type': ['(SELECT timestamp AS v FROM test_all_types())', 'epoch_us(v) / 1e3'],
  'extremes of dates': ['(SELECT date AS v FROM test_all_types())', "(v - DATE '1970-01-01')::DOUBLE * 86400000e0"],
  'timestamps in seconds': ['(SELECT timestamp_s AS v FROM test_all_types())', 'epoch_us(v) / 1e3'],
  'timestamps in nanoseconds': ['(SELECT timestamp_ns AS v FROM test_all_types())', 'epoch_us(v) / 1e3'],
};

const isFiniteNumber = (value: number | null): value is number => value !== null && Number.isFinite(value);

function domainOf(values: readonly (number | null)[]): readonly [number, number] {
  const finite = values.filter(isFiniteNumber);
  return finite.length === 0 ? [0, 0] : [Math.min(...finite), Math.max(...finite)];
}

function codesOf(values: readonly (number | null)[]): number[] {
  const domain = domainOf(values);
  return values.map((value) => (isFiniteNumber(value) ? codeOf(value, domain) : FIXED_NULL));
}

describe.each(Object.entries(COLUMNS))('a histogram of %s', (_, [relation, value]) => {
  const spec: PlotSpec = { mark: 'bar', x: { field: 'v', bin: true }, y: { aggregate: 'count' } };

  test('has the statistics and codes that doubles give', async () => {
    const values = await doublesOf(duckdb, `SELECT CAST(${value} AS DOUBLE) FROM ${relation}`);
    const { stats, rows } = await runPlot(duckdb, await plotData(duckdb, relation), spec);
    const finiteCount = values.filter(isFiniteNumber).length;
    const infiniteCount = values.filter((each) => each !== null && Math.abs(each) === Infinity).length;
    const nullCount = values.length - finiteCount - infiniteCount;
    const domain = domainOf(values);
    const x = { finiteCount, infiniteCount, nullCount, domain, codeDomain: domain, unit: 0 };
    expect({ stats, codes: rows.map(([code]) => code) }).toEqual({
      stats: { rowCount: values.length, drawableCount: finiteCount, x, y: null },
      codes: codesOf(values),
    });
  });

  test('counts the same bins in DuckDB as from the codes, every row once', async () => {
    const data = await plotData(duckdb, relation);
    const columns = await runPlot(duckdb, data, spec);
    const aggregate = await runPlot(duckdb, data, spec, { maxColumnRows: -1 });
    const { header } = aggregate.plan;
    if (header.plotKind !== 'histogram') throw new Error('no histogram');
    const thresholds = edgeCodes(header.edges, header.x);
    const codes = columns.rows.map(([code]) => code ?? 0).filter((code) => code !== FIXED_NULL);
    const counted = new Map<number, number>();
    for (const code of codes) {
      const bin = thresholds.findLastIndex((threshold) => threshold <= code);
      counted.set(bin, (counted.get(bin) ?? 0) + 1);
    }
    const [first = 0, last = 0] = [header.edges[0], header.edges.at(-1)];
    const [minimum, maximum] = header.x.domain;
    expect({
      bins: new Map(aggregate.rows.map(([bin = 0, count = 0]) => [bin, count])),
      sum: aggregate.rows.reduce((sum, [, count = 0]) => sum + count, 0),
      isAround: first <= minimum && last >= maximum,
      isAscending: header.edges.every((edge, index) => index === 0 || edge > (header.edges[index - 1] ?? edge)),
    }).toEqual({
      bins: counted,
      sum: header.drawableCount,
      isAround: true,
      isAscending: true,
    });
  });
});

test('every number and time column of DuckDB is planned and counted, both ways', async () => {
  const data = await plotData(duckdb, 'test_all_types()');
  const fields = data.columns.filter(({ type }) => ['quantitative', 'temporal'].includes(fieldKind(type)));
  const counts: Record<string, readonly number[]> = {};
  for (const { name } of fields) {
    const spec: PlotSpec = { mark: 'bar', x: { field: name, bin: true }, y: { aggregate: 'count' } };
    const columns = await runPlot(duckdb, data, spec);
    const aggregate = await runPlot(duckdb, data, spec, { maxColumnRows: 0 });
    const drawn = columns.rows.filter(([code]) => code !== FIXED_NULL).length;
    counts[name] = [drawn, aggregate.rows.reduce((sum, [, count = 0]) => sum + count, 0)];
  }
  expect(counts).toEqual(Object.fromEntries(fields.map(({ name }) => [name, [2, 2]])));
});

test('days of a local clock are counted from midnight to midnight there, both ways', async () => {
  const hours = `(SELECT TIMESTAMPTZ '2024-03-29 23:00:00+00' + to_hours(i) AS t FROM range(96) AS r(i))`;
  const data = await plotData(duckdb, hours);
  const spec: PlotSpec = {
    mark: 'bar',
    x: { field: 't', bin: { maxbins: 5 }, scale: { type: 'time' } },
    y: { aggregate: 'count' },
  };
  const { rows, plan } = await runPlot(duckdb, data, spec, { maxColumnRows: 0, timeZone: 'Europe/Berlin' });
  if (plan.header.plotKind !== 'histogram') throw new Error('no histogram');
  expect({ counts: rows.map(([, count]) => count), first: plan.header.edges[0] }).toEqual({
    counts: [24, 23, 24, 24, 1],
    first: Date.parse('2024-03-29T23:00:00Z'),
  });
});
