import { beforeAll, expect, test } from 'vitest';
import type { PlotSpec } from '#common/plot/plotSpec';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { plotData, runPlot } from './plotCase.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

const spec: PlotSpec = { mark: 'bar', x: { field: 'c', type: 'nominal' }, y: { aggregate: 'count' } };

function check(name: string, relation: string, expected: Readonly<Record<string, unknown>>): void {
  test(name, async () => {
    const { rows, plan } = await runPlot(duckdb, await plotData(duckdb, relation), spec, { widthPx: 100 });
    const { header } = plan;
    if (header.plotKind !== 'bars') throw new Error('no bars');
    const counts = rows.map(([, count]) => count);
    const { categories, otherCount } = header.x;
    const indexes = rows.map(([index]) => index);
    expect({ categories, counts, otherCount, indexes, rows: header.rowCount, drawable: header.drawableCount }).toEqual({
      ...expected,
      indexes: categories.map((_, index) => index),
      drawable: expected['rows'],
    });
  });
}

const values = (list: string) => `(SELECT unnest([${list}]) AS c)`;

check('texts come most frequent first, null among them', values("'b', 'a', 'b', NULL, NULL, NULL, ''"), {
  categories: [null, 'b', '', 'a'],
  counts: [3, 2, 1, 1],
  otherCount: 0,
  rows: 7,
});
check('booleans come in their own order', values('true, true, false, NULL'), {
  categories: ['false', 'true', null],
  counts: [1, 2, 1],
  otherCount: 0,
  rows: 4,
});
check('numbers come in their own order', values('10, 9, 10, 1'), {
  categories: ['1', '9', '10'],
  counts: [1, 1, 2],
  otherCount: 0,
  rows: 4,
});
check('dates come in their own order', values("DATE '2021-01-01', DATE '2020-01-01', DATE '2021-01-01'"), {
  categories: ['2020-01-01', '2021-01-01'],
  counts: [1, 2],
  otherCount: 0,
  rows: 3,
});
check('rare categories are put together', '(SELECT chr((97 + i % 26)::INTEGER) AS c FROM range(260 + 9) AS r(i))', {
  categories: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'other'],
  counts: [...Array.from({ length: 9 }, () => 11), 10, 160],
  otherCount: 16,
  rows: 269,
});
check('an empty relation has no bars', '(SELECT 1 AS c WHERE false)', {
  categories: [],
  counts: [],
  otherCount: 0,
  rows: 0,
});
check('nested values are counted by their text', '(SELECT unnest([[1, 2], [1, 2], NULL]) AS c)', {
  categories: ['[1, 2]', null],
  counts: [2, 1],
  otherCount: 0,
  rows: 3,
});
check('enumerations are counted by their text', "(SELECT unnest(['x', 'y', 'y'])::ENUM('x', 'y') AS c)", {
  categories: ['y', 'x'],
  counts: [2, 1],
  otherCount: 0,
  rows: 3,
});
