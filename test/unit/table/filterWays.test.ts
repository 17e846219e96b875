import { expect, test } from 'vitest';
import { filterText, type ColumnFilter } from '#common/table/tableView';
import { filterSql } from '../../../extension/query/filterSql.ts';
import { filterOf, filterWays, firstEntry } from '../../../webview/table/filterWays.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';

const named = (type: string) => filterWays(type).map(([, name]) => name);

test('texts are told apart and put in order, intervals are compared, truth values are listed', () => {
  expect(named('VARCHAR')).toEqual(
    expect.arrayContaining(['does not equal', 'does not contain', 'comes before', 'comes after', 'is one of']),
  );
  expect(named('INTERVAL')).toEqual(named('DOUBLE'));
  expect(named('BOOLEAN')).toEqual(['is one of', 'is null', 'is not null']);
  expect(named("ENUM('b', 'a')")).not.toContain('comes before');
});

test('an interval that is entered is compared by its length, not by its letters', async () => {
  const filter = filterOf('i', 'INTERVAL', {
    ...firstEntry('INTERVAL'),
    way: 'compare <',
    first: '2 hours',
  });
  const duckdb = await ReferenceDuckdb.open();
  const where = filter && filterSql(filter, 'i', 'INTERVAL');
  const rows = await duckdb.texts(
    `SELECT i FROM (VALUES (INTERVAL 10 HOUR), (INTERVAL 90 MINUTE)) AS t(i) WHERE ${where}`,
  );
  expect(rows).toEqual([['01:30:00']]);
});

test('a filter says null and the text "null" differently', () => {
  const listed = (...values: (string | null)[]): ColumnFilter => ({
    kind: 'values',
    column: 'c',
    values,
    isExcluded: false,
  });
  expect([listed(null), listed('null'), listed('NULL', '', 'a, b'), listed('x', '2.5')].map(filterText)).toEqual([
    'c in null',
    'c in “null”',
    'c in “NULL”, “”, “a, b”',
    'c in x, 2.5',
  ]);
  expect(filterText({ kind: 'compare', column: 'c', operator: '<', value: 'null' })).toBe('c < “null”');
});
