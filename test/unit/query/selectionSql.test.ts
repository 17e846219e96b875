import { beforeAll, describe, expect, test } from 'vitest';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSelection } from '#common/plot/plotSelection';
import type { Channel, PlotSpec } from '#common/plot/plotSpec';
import { SqlGate } from '../../../extension/engine/gate/sqlGate.ts';
import { conditionCountSql, filterNodeSql, selectionSql } from '../../../extension/query/selectionSql.ts';
import { plotFrame } from '../../../webview/plot/plotFrame.ts';
import { selectAxis } from '../../../webview/plot/select/selectAxis.ts';
import { wholePart } from '../../../webview/plot/view/shownPart.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { plotData, runPlot } from './plotCase.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

const COLUMNS = [
  { name: 'delay', type: 'INTEGER' },
  { name: 'fare', type: 'DOUBLE' },
  { name: 'city "x"', type: 'VARCHAR' },
  { name: 'moment', type: 'TIMESTAMP' },
  { name: 'day', type: 'DATE' },
  { name: 'clock', type: 'TIME' },
  { name: 'zoned', type: 'TIMESTAMP WITH TIME ZONE' },
  { name: 'order', type: 'BIGINT' },
];

const values = (low: number, high: number, isHighIncluded = true) =>
  ({ kind: 'values', low, high, isHighIncluded }) as const;

function conditionOf(selection: PlotSelection, x: Channel, y: Channel = {}): string {
  return selectionSql(selection, { spec: { mark: 'point', x, y }, columns: COLUMNS, timeZone: 'UTC' });
}

function checkText(name: string, selection: PlotSelection, x: Channel, expected: string): void {
  test(name, () => expect(conditionOf(selection, x, { field: 'fare' })).toBe(expected));
}

describe('a selection is written', () => {
  checkText(
    'as two ranges',
    { kind: 'ranges', x: values(10, 50), y: values(-1.5, 1e-9) },
    { field: 'delay' },
    'delay BETWEEN 10 AND 50\nAND fare BETWEEN -1.5 AND 1e-9',
  );
  checkText(
    'as a bin, with the names that need it in quotes',
    { kind: 'ranges', x: values(1e15, 4e15, false) },
    { field: 'order' },
    '"order" >= 1000000000000000 AND "order" < 4000000000000000',
  );
  checkText(
    'with moments as DuckDB writes them',
    { kind: 'ranges', x: values(Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2) + 1.25) },
    { field: 'moment' },
    "moment BETWEEN TIMESTAMP '2024-01-01 00:00:00' AND TIMESTAMP '2024-01-02 00:00:00.00125'",
  );
  checkText(
    'with dates before our era',
    { kind: 'ranges', x: values(Date.UTC(-43, 2, 15), 0) },
    { field: 'day' },
    "day BETWEEN DATE '0044-03-15 (BC)' AND DATE '1970-01-01'",
  );
  checkText(
    'with times of day',
    { kind: 'ranges', x: values(0, 86_399_999) },
    { field: 'clock' },
    "clock BETWEEN TIME '00:00:00' AND TIME '23:59:59.999'",
  );
  checkText(
    'with moments of a zone',
    { kind: 'ranges', x: values(-1000, 0) },
    { field: 'zoned' },
    "zoned BETWEEN TIMESTAMPTZ '1969-12-31 23:59:59+00' AND TIMESTAMPTZ '1970-01-01 00:00:00+00'",
  );
  checkText(
    'as a list of categories',
    { kind: 'ranges', x: { kind: 'categories', names: ["O'Hare", 'Rome'], othersThan: null } },
    { field: 'city "x"' },
    `"city ""x""" IN ('O''Hare', 'Rome')`,
  );
  checkText(
    'with the rows that are drawn only',
    { kind: 'ranges', x: values(1, 2), y: { kind: 'placed' } },
    { field: 'delay' },
    'delay BETWEEN 1 AND 2\nAND isfinite(fare)',
  );
  checkText(
    'as a polygon',
    {
      kind: 'polygon',
      corners: [
        [0, 0],
        [10, 0],
        [5, 8],
      ],
    },
    { field: 'delay' },
    `delay BETWEEN 0 AND 10
AND fare BETWEEN 0 AND 8
AND ( -- inside the polygon: an odd number of its edges lies to the right
    (fare >= 0 AND fare < 8 AND delay < 10 - 0.625e0 * fare)::INT
  + (fare >= 0 AND fare < 8 AND delay < 0 + 0.625e0 * fare)::INT
  ) % 2 = 1`,
  );

  test('as a query of its data, which the gate lets through', async () => {
    const corners = [
      [-3, 2],
      [10, 1],
      [5, 8],
    ] as const;
    const sql = filterNodeSql(
      'my flights',
      conditionOf({ kind: 'polygon', corners }, { field: 'delay' }, { field: 'fare' }),
    );
    expect(sql.startsWith('SELECT *\nFROM "my flights"\nWHERE delay BETWEEN -3 AND 10\n  AND fare')).toBe(true);
    const serialize = async (text: string) =>
      String((await duckdb.rows(`SELECT json_serialize_sql('${text.replaceAll("'", "''")}') AS tree`))[0]?.['tree']);
    const gate = new SqlGate(
      serialize,
      () => Promise.resolve(),
      () => false,
    );
    expect(await gate.inspect(sql)).toMatchObject({ kind: 'select' });
  });
});

const CATEGORIES: Readonly<Record<string, string>> = {
  'texts, some rare, some missing': `(SELECT CASE i % 40 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'it''s' ELSE 'c' || (i % 37) END AS c FROM range(2000) AS r(i))`,
  'texts of which one is missing among the others': `(SELECT CASE WHEN i = 7 THEN NULL ELSE 'c' || (i % 37) END AS c FROM range(2000) AS r(i))`,
  'whole numbers': '(SELECT i % 5 - 2 AS c FROM range(100) AS r(i))',
  floats: "(SELECT unnest([0.1, 0.2, 0.2, 1e10, 'nan', NULL]::FLOAT[]) AS c)",
  booleans: '(SELECT unnest([true, true, false, NULL]) AS c)',
  dates: "(SELECT DATE '2024-01-01' + (i % 3)::INTEGER AS c FROM range(10) AS r(i))",
  'values of an enum': "(SELECT unnest(['a', 'b', 'b']::ENUM('a', 'b')[]) AS c)",
  'moments of a zone': "(SELECT unnest(['2024-01-01 00:00:00+00', '2024-01-01 01:00:00+00']::TIMESTAMPTZ[]) AS c)",
};

describe.each(Object.entries(CATEGORIES))('bars of %s', (_, relation) => {
  test('select exactly their own rows', async () => {
    const spec: PlotSpec = { mark: 'bar', x: { field: 'c', type: 'nominal' }, y: { aggregate: 'count' } };
    const data = await plotData(duckdb, relation);
    const { rows, plan } = await runPlot(duckdb, data, spec, { widthPx: 300 });
    const header = { ...plan.header, streamId: '' } as PlotHeader;
    const subject = { header, frame: plotFrame(header, 640, 400), part: wholePart(header) };
    const axis = selectAxis(subject, 'x');
    const { left, width } = subject.frame.plot;
    const counts = await Promise.all(
      rows.map(([index = 0]) => {
        const middle = left + ((index + 0.5) * width) / rows.length;
        const x = axis?.between(middle, middle);
        if (!x) throw new Error('nothing to select');
        const condition = selectionSql({ kind: 'ranges', x }, { spec, columns: data.columns, timeZone: 'UTC' });
        return duckdb.number(conditionCountSql(relation, condition));
      }),
    );
    expect(counts).toEqual(rows.map(([, count]) => count));
  });
});

const BINNED: Readonly<Record<string, string>> = {
  'whole numbers': '(SELECT (i * i % 250) AS c FROM range(3000) AS r(i))',
  'doubles, some not finite': `(SELECT CASE i % 5 WHEN 0 THEN 'inf'::DOUBLE WHEN 1 THEN 'nan' WHEN 2 THEN NULL ELSE round(i / 7, 1) END AS c FROM range(3000) AS r(i))`,
  dates: "(SELECT DATE '2023-11-20' + (i % 200)::INTEGER AS c FROM range(900) AS r(i))",
  moments: "(SELECT TIMESTAMP '2024-02-28 12:00:00' + INTERVAL (i * 37) MINUTE AS c FROM range(900) AS r(i))",
};

describe.each(Object.entries(BINNED))('bins of %s', (_, relation) => {
  test('select exactly their own rows', async () => {
    const spec: PlotSpec = { mark: 'bar', x: { field: 'c', bin: true }, y: { aggregate: 'count' } };
    const data = await plotData(duckdb, relation);
    const { rows, plan } = await runPlot(duckdb, data, spec, { maxColumnRows: -1 });
    const header = { ...plan.header, streamId: '' } as PlotHeader;
    if (header.plotKind !== 'histogram') throw new Error('no histogram');
    const subject = { header, frame: plotFrame(header, 640, 400), part: wholePart(header) };
    const axis = selectAxis(subject, 'x');
    const { left, width } = subject.frame.plot;
    const drawn = new Map(rows.map(([bin = 0, count = 0]) => [bin, count]));
    const [low = 0, high = 0] = [header.edges[0], header.edges.at(-1)];
    for (const [bin, edge] of header.edges.slice(0, -1).entries()) {
      const middle = left + (width * ((edge + (header.edges[bin + 1] ?? 0)) / 2 - low)) / (high - low);
      const x = axis?.between(middle, middle);
      if (!x) throw new Error('nothing to select');
      const condition = selectionSql({ kind: 'ranges', x }, { spec, columns: data.columns, timeZone: 'UTC' });
      const count = await duckdb.number(conditionCountSql(relation, condition));
      expect({ condition, count }).toEqual({ condition, count: drawn.get(bin) ?? 0 });
    }
  });
});
