import { beforeAll, describe, expect, test } from 'vitest';
import { checkName, isReservedName, nameKey, sqlIdentifier, sqlNameFromPath, uniqueId } from '#common/document/names';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';

function check(path: string, expected: string): void {
  test(`${JSON.stringify(path)} gives ${expected}`, () => expect(sqlNameFromPath(path)).toBe(expected));
}

check('data/flights-3m.parquet', 'flights_3m');
check('C:\\My Data\\Flight Delays.csv', 'flight_delays');
check('flights.csv.gz', 'flights');
check('part.0001.csv', 'part_0001');
check('data/2024.csv', 'data_2024');
check('select.csv', 'data_select');
check('ORDER.parquet', 'data_order');
check('Größe 2.csv', 'größe_2');
check('売上.csv', '売上');
check('📈.csv', 'data');
check('', 'data');
check('/', 'data');
check('.csv', 'csv');
check('___.csv', 'data');
check(`${'long'.repeat(40)}.csv`, 'long'.repeat(15));
check('/home/me/folder/', 'folder');

test('a taken name gets the first free number', () => {
  expect([uniqueId('a', []), uniqueId('a', ['A']), uniqueId('a', new Set(['a', 'a_2', 'b']))]).toEqual([
    'a',
    'a_2',
    'a_3',
  ]);
});

describe('in DuckDB', () => {
  let duckdb: ReferenceDuckdb;
  let keywords: string[];
  beforeAll(async () => {
    duckdb = await ReferenceDuckdb.open();
    const rows = await duckdb.rows('SELECT keyword_name FROM duckdb_keywords()');
    keywords = rows.map(({ keyword_name: word }) => String(word));
  });

  const isUsable = async (name: string) => {
    const sql = `WITH ${name} AS (SELECT 1 AS a) SELECT ${name}.a FROM ${name}`;
    return duckdb.rows(sql).then(
      () => true,
      () => false,
    );
  };

  test('the reserved words are those that need quotes', async () => {
    const found: string[] = [];
    for (const word of keywords) if (!(await isUsable(word))) found.push(word);
    expect(keywords.filter(isReservedName).sort()).toEqual(found.sort());
  });

  test('names made from files need no quotes, and identifiers are right for any id', async () => {
    for (const name of [...keywords, '1a', 'ä ö', '売上', '٣a', '📈', 'a.b']) {
      expect(await isUsable(sqlNameFromPath(`${name}.csv`)), name).toBe(true);
      expect(await isUsable(sqlIdentifier(name)), name).toBe(true);
    }
  });
});

test('names are the same where they are the same to DuckDB', async () => {
  const duckdb = await ReferenceDuckdb.open();
  for (const [name, other] of [
    ['abc', 'ABC'],
    ['äb', 'ÄB'],
    ['äb', 'äB'],
    ['i', 'İ'],
  ] as const) {
    const isSame = await duckdb.rows(`WITH "${name}" AS (SELECT 1) SELECT * FROM "${other}"`).then(
      () => true,
      () => false,
    );
    expect(nameKey(name) === nameKey(other), `${name} ${other}`).toBe(isSame);
  }
});

test('a name is checked with a sentence', () => {
  const problems = ['ok', 'with space 📈', 'select', '', ' ', ' a', 'Taken', 'a"b', 'a\nb', 'x'.repeat(61)].map(
    (name) => checkName(name, ['taken']),
  );
  expect(problems.map((problem) => problem !== null)).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
    true,
    true,
    true,
    true,
  ]);
});
