import { beforeAll, describe, expect, test } from 'vitest';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSelection } from '#common/plot/plotSelection';
import type { PlotSpec } from '#common/plot/plotSpec';
import { conditionCountSql, selectionSql } from '../../../extension/query/selectionSql.ts';
import { countSelected } from '../../../webview/gpu/cpu/countSelected.ts';
import { plotFrame, type PlotFrame } from '../../../webview/plot/plotFrame.ts';
import { lassoSelection, rangeSelection } from '../../../webview/plot/select/makeSelection.ts';
import { rowTestOf } from '../../../webview/plot/select/rowTestOf.ts';
import type { SelectSubject } from '../../../webview/plot/select/selectAxis.ts';
import { wholePart } from '../../../webview/plot/view/shownPart.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { plotData, runPlot } from '../query/plotCase.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

const RELATIONS: Readonly<Record<string, string>> = {
  'whole numbers': '(SELECT (i * 37 % 181 - 60)::SMALLINT AS x, (i * i % 241)::INTEGER AS y FROM range(5000) AS r(i))',
  'large whole numbers':
    '(SELECT 9007199254740000 + i * 1000003 AS x, (i * 7919 % 1000003)::UBIGINT AS y FROM range(3000) AS r(i))',
  'doubles with gaps': `(SELECT CASE i % 9 WHEN 0 THEN NULL WHEN 1 THEN 'nan'::DOUBLE WHEN 2 THEN 'inf'::DOUBLE ELSE sin(i) * 1e3 END AS x,
    CASE i % 11 WHEN 0 THEN NULL WHEN 1 THEN 'nan'::DOUBLE WHEN 2 THEN '-inf'::DOUBLE ELSE cos(i * 7) END AS y FROM range(5000) AS r(i))`,
  'rounded floats':
    '(SELECT ((i * 37 % 100) / 10)::FLOAT AS x, ((i * 53 % 1000) / 100)::FLOAT AS y FROM range(4000) AS r(i))',
  decimals:
    '(SELECT (i * 37 % 9973 / 100)::DECIMAL(9,2) AS x, (i % 101 * 0.5)::DECIMAL(18,1) AS y FROM range(4000) AS r(i))',
  'a date and a timestamp': `(SELECT CASE WHEN i % 13 = 0 THEN 'infinity'::DATE ELSE DATE '1999-11-01' + (i * 37 % 900)::INTEGER END AS x,
    TIMESTAMP '2024-02-28 23:00:00' + INTERVAL (i * 7919 % 100000) SECOND AS y FROM range(4000) AS r(i))`,
  'times of day and moments of a zone': `(SELECT TIME '00:00:00' + INTERVAL (i * 7919 % 86400) SECOND AS x,
    TIMESTAMPTZ '1969-12-31 12:00:00+00' + INTERVAL (i * 61) MINUTE AS y FROM range(4000) AS r(i))`,
};

const LINEAR: PlotSpec = { mark: 'point', x: { field: 'x' }, y: { field: 'y' } };
const LOG: PlotSpec = {
  mark: 'point',
  x: { field: 'x', scale: { type: 'log' } },
  y: { field: 'y', scale: { type: 'log' } },
};
const spread = (type: 'symlog' | 'sqrt'): PlotSpec => ({
  mark: 'point',
  x: { field: 'x', scale: { type } },
  y: { field: 'y', scale: { type } },
});
const LOG_RELATION = `(SELECT CASE i % 7 WHEN 0 THEN 0 WHEN 1 THEN -i ELSE exp(i % 997 / 100) END AS x, 1 + i * i % 100003 AS y FROM range(4000) AS r(i))`;

const SIGNED_RELATION = `(SELECT CASE i % 7 WHEN 0 THEN 0 WHEN 1 THEN NULL WHEN 2 THEN 'nan'::DOUBLE ELSE sin(i) * exp(i % 997 / 100) END AS x,
  (i * i % 10007 - 5000)::INTEGER AS y FROM range(4000) AS r(i))`;

const CASES: readonly (readonly [string, string, PlotSpec])[] = [
  ...Object.entries(RELATIONS).map(([name, relation]) => [name, relation, LINEAR] as const),
  ['logarithms', LOG_RELATION, LOG],
  ['values on both sides of zero, as symlog,', SIGNED_RELATION, spread('symlog')],
  ['values on both sides of zero, as roots,', SIGNED_RELATION, spread('sqrt')],
];

interface Plotted {
  readonly subject: SelectSubject;
  readonly x: Uint32Array;
  readonly y: Uint32Array;
  /** Rows that DuckDB counts for what a filter node says. */
  countInSql(selection: PlotSelection): Promise<number>;
  countInCodes(selection: PlotSelection): number;
}

async function plotted(relation: string, spec: PlotSpec): Promise<Plotted> {
  const data = await plotData(duckdb, relation);
  const { rows, plan } = await runPlot(duckdb, data, spec);
  const header = { ...plan.header, streamId: '' } as PlotHeader;
  const frame = plotFrame(header, 640, 480);
  const [x, y] = [0, 1].map((index) => Uint32Array.from(rows, (row) => Number(row[index])));
  if (!x || !y) throw new Error('no codes');
  return {
    subject: { header, frame, part: wholePart(header) },
    x,
    y,
    countInSql: (selection) =>
      duckdb.number(
        conditionCountSql(relation, selectionSql(selection, { spec, columns: data.columns, timeZone: 'UTC' })),
      ),
    countInCodes: (selection) => {
      const rowTest = rowTestOf(selection, header);
      return rowTest ? countSelected(rowTest, x, y) : -1;
    },
  };
}

function pointsIn({ plot }: PlotFrame, random: () => number, count: number) {
  return Array.from({ length: count }, () => ({
    left: plot.left + random() * plot.width,
    top: plot.top + random() * plot.height,
  }));
}

describe.each(CASES)('a selection among %s', (_, relation, spec) => {
  test('of an interval or a box holds the rows that its SQL finds', async () => {
    const { subject, countInSql, countInCodes } = await plotted(relation, spec);
    const random = seededRandom(7);
    const counts: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      const [from, to] = pointsIn(subject.frame, random, 2);
      const axes = turn % 3 === 0 ? (['x'] as const) : turn % 3 === 1 ? (['y'] as const) : (['x', 'y'] as const);
      const selection = from && to && rangeSelection(subject, axes, from, to);
      if (!selection) throw new Error('nothing to select');
      const expected = await countInSql(selection);
      expect({ selection, count: countInCodes(selection) }).toEqual({ selection, count: expected });
      counts.push(expected);
    }
    expect(Math.max(...counts)).toBeGreaterThan(100);
  });

  test('by a lasso holds the rows that its SQL finds', async () => {
    const { subject, countInSql, countInCodes } = await plotted(relation, spec);
    const random = seededRandom(11);
    const counts: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const selection = lassoSelection(subject, pointsIn(subject.frame, random, 3 + turn * 3));
      if (!selection) throw new Error('nothing to select');
      const expected = await countInSql(selection);
      expect({ selection, count: countInCodes(selection) }).toEqual({ selection, count: expected });
      counts.push(expected);
    }
    expect(Math.max(...counts)).toBeGreaterThan(100);
  });
});
