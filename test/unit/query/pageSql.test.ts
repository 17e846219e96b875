import { beforeAll, expect, test } from 'vitest';
import { pageSql, type PageWindow } from '../../../extension/query/pageSql.ts';
import type { RowsView } from '#common/table/tableView';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

const everything: PageWindow = { rowOffset: 0, rowCount: 100, columnOffset: 0, columnCount: 64 };

function check(
  name: string,
  relation: string,
  names: readonly string[],
  window: Partial<PageWindow>,
  expected: unknown,
): void {
  test(name, async () => {
    const columns = names.map((each) => ({ name: each, type: 'ANY' }));
    const sql = pageSql({ relation, columns }, { ...everything, ...window });
    expect(await duckdb.texts(sql)).toEqual(expected);
  });
}

check(
  'shows null as null and other values as text',
  "(SELECT NULL, '', 1.50, DATE '2020-01-02', '\\x00'::BLOB)",
  ['a', 'b', 'c', 'd', 'e'],
  {},
  [[null, '', '1.50', '2020-01-02', '\\x00']],
);
check('takes columns of equal names by position', '(SELECT 1 AS a, 2 AS a, 3 AS "A")', ['a', 'a', 'A'], {}, [
  ['1', '2', '3'],
]);
check(
  'windows rows and columns',
  '(SELECT i, i * 10 AS j, i * 100 AS k FROM range(5) AS r(i))',
  ['i', 'j', 'k'],
  { rowOffset: 1, rowCount: 2, columnOffset: 1, columnCount: 1 },
  [['10'], ['20']],
);
check('quotes names', '(SELECT 1 AS "a ""b"" 📈", 2 AS "select")', ['a "b" 📈', 'select'], {}, [['1', '2']]);
check(
  'ends at the last column and row',
  '(SELECT i, i AS j FROM range(2) AS r(i))',
  ['i', 'j'],
  { columnOffset: 1, rowOffset: 1 },
  [['1']],
);

test('names the columns of a page', async () => {
  const sql = pageSql(
    {
      relation: '(SELECT 1 AS x, 2 AS "y z")',
      columns: [
        { name: 'x', type: 'INTEGER' },
        { name: 'y z', type: 'INTEGER' },
      ],
    },
    everything,
  );
  expect(await duckdb.rows(sql)).toEqual([{ x: '1', 'y z': '2' }]);
});

test('pages of a sorted view show each row once, however many have equal keys', async () => {
  const rows = {
    relation: '(SELECT range % 3 AS k, range AS id, 1 AS page, 2 AS page FROM range(20000))',
    columns: ['k', 'id', 'page', 'page'].map((name) => ({ name, type: 'BIGINT' })),
  };
  const view: RowsView = { sort: [{ column: 'k', direction: 'descending' }], filters: [] };
  const ids = new Set<string | null>();
  for (let rowOffset = 0; rowOffset < 2000; rowOffset += 200) {
    const window = { rowOffset, rowCount: 200, columnOffset: 0, columnCount: 2 };
    const page = await duckdb.texts(pageSql(rows, window, view));
    expect(page.every(([key]) => key === '2')).toBe(true);
    for (const [, id = null] of page) ids.add(id);
  }
  expect(ids.size).toBe(2000);
});
