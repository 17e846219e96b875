import { beforeAll, describe, expect, test } from 'vitest';
import type { ContinuousAxis } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { NearValue } from '#common/protocol/plotContract';
import { firstRowsSql, pointSql, shownColumns } from '../../../extension/query/pointSql.ts';
import { nearValue } from '../../../webview/plot/tip/nearValue.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { plotData, runPlot, type PlotData } from './plotCase.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

const SPEC: PlotSpec = { mark: 'point', x: { field: 'x' }, y: { field: 'y' } };

/** The row nearest to a place: the texts of its columns, then how many rows lie there; null when there is none. */
async function rowAt(data: PlotData, spec: PlotSpec, x: NearValue, y: NearValue): Promise<(string | null)[] | null> {
  const question = { ...data, shown: shownColumns(spec, data.columns) };
  const [row] = await duckdb.texts(pointSql(question, spec, x, y));
  return row ?? null;
}

const ROWS = 41;
const rowsOf = (x: string, y = 'i % 7') =>
  `(SELECT CASE WHEN i % 10 = 3 THEN NULL ELSE ${x} END AS x, ${y} AS y, i AS id FROM range(${ROWS}) AS r(i))`;

const COLUMNS: Readonly<Record<string, string>> = {
  'int64 beyond the whole numbers of a double': '9007199254740993 + i * 100003',
  'int64 of the whole range': '((i - 20)::HUGEINT * 461168601842738790)::BIGINT',
  'unsigned int64': '(18446744073709551615::HUGEINT - i::HUGEINT * 400000000000000000)::UBIGINT',
  hugeint: '(i::HUGEINT - 20) * 4000000000000000000000000000000000000',
  decimals: '((i - 20) * 0.0103)::DECIMAL(18,4)',
  'decimals of 38 digits': '(i * 12345678901234567.0000000001)::DECIMAL(38,10)',
  floats: '(0.1 * i)::FLOAT',
  doubles: 'sin(i) * 1e-9',
  'doubles of the whole range': '(i - 20) * 8.9e306',
  'dates before our era': "DATE '0044-03-15 (BC)' + i::INTEGER * 17",
  'moments a microsecond apart': "TIMESTAMP '2024-02-29 23:59:59.999990' + to_microseconds(i)",
  'moments of centuries': "TIMESTAMP '1600-01-01' + to_days(i::INTEGER * 3653)",
  'moments in nanoseconds': "(TIMESTAMP '2024-01-01' + to_milliseconds(i))::TIMESTAMP_NS",
  'moments of a zone': "TIMESTAMPTZ '2024-03-31 00:30:00+01' + to_minutes(i)",
  'times of day': "TIME '00:00:00' + to_minutes(i * 35)",
};
const SCALES = ['log', 'symlog', 'sqrt'] as const;

/** Every drawn row is found again from the codes that it was drawn with. */
async function checkEveryRow(relation: string, spec: PlotSpec): Promise<void> {
  const data = await plotData(duckdb, relation);
  const { rows, plan } = await runPlot(duckdb, data, spec);
  const axes = [plan.header.x, plan.header.y] as readonly ContinuousAxis[];
  const all = await duckdb.texts(`SELECT x, y, id FROM ${relation}`);
  expect(rows).toHaveLength(ROWS);
  const found: unknown[] = [];
  for (const [index, codes] of rows.entries()) {
    const [x, y] = axes.map((axis, place) => nearValue(codes[place] ?? 0, axis));
    if (all[index]?.[0] === null || !x || !y) continue;
    found.push((await rowAt(data, spec, x, y))?.slice(0, 3));
  }
  expect(found).toEqual(all.filter(([text]) => text !== null));
}

describe('the row behind a point is told exactly', () => {
  test.each(Object.entries(COLUMNS))('for %s', (_, column) => checkEveryRow(rowsOf(column), SPEC));

  test.each(SCALES)('on a %s axis', async (type) => {
    const spec: PlotSpec = { ...SPEC, x: { field: 'x', scale: { type } } };
    await checkEveryRow(rowsOf('exp(i - 12) * (1 + i)'), spec);
  });

  test.each(['symlog', 'sqrt'] as const)('on both sides of zero of a %s axis', async (type) => {
    const spec: PlotSpec = { ...SPEC, x: { field: 'x', scale: { type } } };
    await checkEveryRow(rowsOf('(i - 20) ** 5'), spec);
  });
});

const near = (value: number, tolerance: number): NearValue => ({ value, tolerance });
const points = (list: string) => `(SELECT unnest(${list}) AS x, 0 AS y)`;

describe('among several rows', () => {
  test('the nearest is told, with how many there are', async () => {
    const data = await plotData(duckdb, points('[8, 11, 14.5, 15, 15.5, 4]'));
    expect(await rowAt(data, SPEC, near(10, 5), near(0, 1))).toEqual(['11.0', '0', '4.0']);
  });

  test('distances are those of the picture, whatever the units of the axes', async () => {
    const data = await plotData(duckdb, '(SELECT unnest([500, 0]) AS x, unnest([0, 0.8]) AS y)');
    expect(await rowAt(data, SPEC, near(0, 1000), near(0, 1))).toEqual(['500', '0.0', '2.0']);
  });

  test('at equal distances one of them is told', async () => {
    const data = await plotData(duckdb, points('[9, 11, 9, 30]'));
    const row = await rowAt(data, SPEC, near(10, 1), near(0, 0));
    expect(['9', '11']).toContain(row?.[0]);
    expect(row?.slice(1)).toEqual(['0', '3.0']);
  });

  test('int64 that are the same double are all counted', async () => {
    const data = await plotData(duckdb, points('[1152921504606846976, 1152921504606846977, 1152921504606847500]'));
    const row = await rowAt(data, SPEC, near(2 ** 60, 0), near(0, 0));
    expect(row?.at(-1)).toBe('2.0');
  });

  test('none is told where none lies, nor one that is not finite', async () => {
    const data = await plotData(duckdb, points("['inf'::DOUBLE, 'nan', NULL, 4]"));
    expect(await rowAt(data, SPEC, near(10, 5), near(0, 1))).toBeNull();
  });
});

test('columns of the channels stand first; nulls and names that need quotes are told', async () => {
  const relation = `(SELECT NULL AS "select", 7 AS "a ""b""", 'it''s' AS "c d", 3 AS e)`;
  const data = await plotData(duckdb, relation);
  const spec: PlotSpec = { mark: 'point', x: { field: 'e' }, y: { field: 'a "b"' }, color: { field: 'c d' } };
  expect(await rowAt(data, spec, near(3, 0), near(7, 0))).toEqual(['3', '7', "it's", null, '1.0']);
  const question = { ...data, shown: shownColumns(spec, data.columns) };
  expect(await duckdb.texts(firstRowsSql(question, 5))).toEqual([['3', '7', "it's", null]]);
});
