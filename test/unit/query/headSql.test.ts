import { expect, test } from 'vitest';
import { headColumns, headSql, readHeadCounts } from '../../../extension/query/headSql.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';

test('counts what the first rows of columns hold, and finds those that number the rows', async () => {
  const duckdb = await ReferenceDuckdb.open();
  const relation = `(SELECT i + 5 AS item, i * 2 AS even, i % 3 AS kind, 1.5 AS same, NULL::INT AS none, [i] AS list,
    DATE '2024-01-01' + i::INT AS "day ""x""" FROM range(5000) t(i))`;
  const columns = (await duckdb.rows(`DESCRIBE FROM ${relation}`)).map((row) => ({
    name: String(row['column_name']),
    type: String(row['column_type']),
  }));
  const looked = headColumns(columns);
  const [row = {}] = await duckdb.rows(headSql(relation, looked));
  expect(readHeadCounts(row, looked)).toEqual({
    rowCount: 2048,
    valueCounts: new Map([
      ['item', 2048],
      ['even', 2048],
      ['kind', 3],
      ['same', 1],
      ['none', 0],
      ['day "x"', 2048],
    ]),
    rowNumbers: new Set(['item']),
  });
});
