import { beforeAll, expect, test } from 'vitest';
import { qualityHints } from '#common/table/columnProfile';
import { profileBinsSql, profileSql, readProfile, topValuesSql } from '../../../extension/query/profileSql.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

async function profileOf(values: string, type: string) {
  const relation = `(SELECT ${values})`;
  const columns = [{ name: 'v', type }];
  const question = { column: 0, view: { sort: [], filters: [] }, samplePercent: null };
  const [figures = {}] = await duckdb.rows(profileSql(relation, columns, question));
  const hasPlaces = typeof figures['low'] === 'number';
  const bins = hasPlaces ? await duckdb.rows(profileBinsSql(relation, columns, question, figures)) : [];
  return readProfile(figures, bins, await duckdb.rows(topValuesSql(relation, columns, question)), true);
}

test('numbers: figures, a histogram that holds every value, and values far out', async () => {
  const profile = await profileOf(
    'CASE WHEN i = 100 THEN NULL WHEN i = 0 THEN 10000 ELSE i END FROM range(101) r(i)',
    'BIGINT',
  );
  const { rowCount, nullCount, distinctCount, minimum, maximum, outlierCount } = profile;
  expect({ rowCount, nullCount, distinctCount, minimum, maximum, outlierCount }).toEqual({
    rowCount: 101,
    nullCount: 1,
    distinctCount: 100,
    minimum: '1',
    maximum: '10000',
    outlierCount: 1,
  });
  expect(profile.mean).toBeCloseTo((4950 + 10000) / 100);
  expect(profile.bins.map(({ count }) => count)).toEqual([99, ...Array<number>(22).fill(0), 1]);
  expect(qualityHints(profile)).toContain('All values are distinct.');
});

test('texts: the most frequent values, and which of them are numbers', async () => {
  const profile = await profileOf("unnest(['1', '2', '2', 'x', NULL])", 'VARCHAR');
  expect(profile.topValues.slice(0, 2)).toEqual([
    { value: '2', count: 2 },
    { value: '1', count: 1 },
  ]);
  expect(qualityHints(profile)).toEqual(['Mixed: 3 texts are numbers, 1 are not.']);
});

test.each([
  ['one end', '[1e200, 2, 3]', 3],
  ['both ends', '[-1.7976931348623157e308, 1.7976931348623157e308, 5]', 3],
])('numbers so large that their sum overflows at %s have a profile, without a mean', async (_, values, count) => {
  const profile = await profileOf(`unnest(${values}::DOUBLE[])`, 'DOUBLE');
  const { mean, standardDeviation, bins, rowCount } = profile;
  expect({ mean, standardDeviation, rowCount }).toEqual({ mean: null, standardDeviation: null, rowCount: count });
  expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(count);
  expect(bins.every(({ low, high }) => Number.isFinite(low) && low < high)).toBe(true);
});

test('a constant of any length is named in a few words', async () => {
  const [hint = ''] = qualityHints(await profileOf("repeat('long ', 5000) FROM range(5)", 'VARCHAR'));
  expect(hint.length).toBeLessThan(120);
  expect(qualityHints(await profileOf("'' FROM range(5)", 'VARCHAR'))[0]).toBe(
    'Constant: every value is the empty text.',
  );
});

test('a constant and an empty column are said to be that', async () => {
  expect(qualityHints(await profileOf("'a' FROM range(5)", 'VARCHAR'))).toEqual(['Constant: every value is a.']);
  expect(qualityHints(await profileOf('NULL::DATE FROM range(5)', 'DATE'))).toEqual(['Every value is null.']);
});
