import { beforeAll, expect, test } from 'vitest';
import type { ColumnFilter, RowsView, TextMatch } from '#common/table/tableView';
import { pageSql, valueListSql } from '../../../extension/query/pageSql.ts';
import { keptSql, viewCountSql } from '../../../extension/query/viewSql.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';

const ROWS = `(VALUES (1, 2.5, 'Anna', DATE '2020-01-01'), (2, NULL, 'anna%', DATE '2020-06-01'),
  (3, 0.5, NULL, NULL), (4, 2.5, '', DATE '2021-01-01'), (5, 'NaN'::DOUBLE, 'it''s', DATE '2019-01-01'))
  AS r(id, n, "select", d)`;
const COLUMNS = [
  { name: 'id', type: 'INTEGER' },
  { name: 'n', type: 'DOUBLE' },
  { name: 'select', type: 'VARCHAR' },
  { name: 'd', type: 'DATE' },
];
const WHOLE = { rowOffset: 0, rowCount: 100, columnOffset: 0, columnCount: 1 };

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

async function ids(view: Partial<RowsView>): Promise<number[]> {
  const texts = await duckdb.texts(
    pageSql({ relation: ROWS, columns: COLUMNS }, WHOLE, { sort: [], filters: [], ...view }),
  );
  return texts.map(([id]) => Number(id));
}

const text = (match: TextMatch, value: string, isCaseSensitive = false) =>
  ({ kind: 'text', column: 'select', match, text: value, isCaseSensitive }) satisfies ColumnFilter;

const FILTERS: readonly (readonly [string, ColumnFilter, readonly number[]])[] = [
  ['null', { kind: 'null', column: 'select', isNull: true }, [3]],
  ['not null keeps the empty text', { kind: 'null', column: 'select', isNull: false }, [1, 2, 4, 5]],
  ['more than', { kind: 'compare', column: 'id', operator: '>', value: '3' }, [4, 5]],
  ['a date', { kind: 'compare', column: 'd', operator: '<', value: '2020-01-01' }, [5]],
  ['a range holds its ends', { kind: 'range', column: 'd', low: '2020-01-01', high: '2020-06-01' }, [1, 2]],
  ['an open range', { kind: 'range', column: 'id', low: '', high: '2' }, [1, 2]],
  ['contains, in any case', text('contains', 'ANN'), [1, 2]],
  ['a percent sign is a letter', text('ends', '%'), [2]],
  ['matching case', text('starts', 'anna', true), [2]],
  ['a quotation mark', text('equals', "it's"), [5]],
  ['does not contain, in any case', text('lacks', 'ANN'), [4, 5]],
  ['does not equal, matching case', text('differs', 'anna%', true), [1, 4, 5]],
  ['a text that comes after', { kind: 'compare', column: 'select', operator: '>', value: 'anna' }, [2, 5]],
  ['a regular expression', text('regex', '^a.*[^%]$'), [1]],
  ['a list of texts with null', { kind: 'values', column: 'select', values: ['', null], isExcluded: false }, [3, 4]],
  ['all others keep null', { kind: 'values', column: 'select', values: ['Anna', ''], isExcluded: true }, [2, 3, 5]],
  ['all others but null', { kind: 'values', column: 'n', values: ['2.5', null], isExcluded: true }, [3, 5]],
  ['not a number', { kind: 'values', column: 'n', values: ['nan'], isExcluded: false }, [5]],
  ['a column that vanished filters nothing', { kind: 'null', column: 'gone', isNull: true }, [1, 2, 3, 4, 5]],
];

test.each(FILTERS)('filter: %s', async (_, filter, expected) => {
  expect(await ids({ filters: [filter] })).toEqual(expected);
  expect(await duckdb.number(viewCountSql(ROWS, COLUMNS, { sort: [], filters: [filter] }))).toBe(expected.length);
});

test('sorts by several columns, nulls last either way', async () => {
  const sort = (direction: 'ascending' | 'descending') => [
    { column: 'n', direction },
    { column: 'id', direction: 'descending' } as const,
  ];
  expect(await ids({ sort: sort('ascending') })).toEqual([3, 4, 1, 5, 2]);
  expect(await ids({ sort: sort('descending') })).toEqual([5, 4, 1, 3, 2]);
});

test('lists values by how often they are there, and finds some by a part of their text', async () => {
  const view = { sort: [], filters: [] };
  const all = await duckdb.rows(valueListSql(ROWS, COLUMNS, 1, { search: '', limit: 2, view }));
  expect(all).toEqual([
    { value: '2.5', count: 2, total: 4 },
    { value: '0.5', count: 1, total: 4 },
  ]);
  const found = await duckdb.rows(valueListSql(ROWS, COLUMNS, 2, { search: 'NNA%', limit: 9, view }));
  expect(found.map(({ value }) => value)).toEqual(['anna%']);
});

test('a kept view reads as if it were written by hand, and gives the rows of the table', async () => {
  const view: RowsView = {
    sort: [{ column: 'select', direction: 'descending' }],
    filters: [
      { kind: 'range', column: 'id', low: '1', high: '4' },
      { kind: 'null', column: 'select', isNull: false },
    ],
  };
  const sql = keptSql('people', COLUMNS, view, [2, 0]);
  expect(sql).toBe(
    'SELECT "select", id\nFROM people\nWHERE id BETWEEN 1 AND 4\n  AND "select" IS NOT NULL\nORDER BY "select" DESC NULLS LAST',
  );
  const kept = await duckdb.texts(`WITH people AS (FROM ${ROWS}) ${sql}`);
  expect(kept.map(([, id]) => Number(id))).toEqual(await ids(view));
});
