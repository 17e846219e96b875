import { beforeAll, expect, test } from 'vitest';
import { titleOfField } from '#common/plot/columnRoles';
import { fieldKind, isIntegerType, type FieldKind } from '#common/plot/fieldKind';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

function check(type: string, expected: FieldKind): void {
  test(`${type} is ${expected}`, () => expect(fieldKind(type)).toBe(expected));
}

check('DECIMAL(18,3)', 'quantitative');
check('UHUGEINT', 'quantitative');
check('TIMESTAMP WITH TIME ZONE', 'temporal');
check('TIME', 'temporal');
check('TIME WITH TIME ZONE', 'other');
check("ENUM('a', 'it''s (not) ]', 'b')", 'nominal');
check('INTEGER[]', 'other');
check('INTEGER[3]', 'other');
check('STRUCT(a INTEGER, b DOUBLE)', 'other');
check('MAP(VARCHAR, INTEGER)', 'other');
check('INTERVAL', 'other');
check('JSON', 'other');
check('"NULL"', 'other');
check('SOMETHING NEW', 'other');

test('all types of DuckDB are known: 10 integers, 4 decimals, 3 others; 8 times; 6 to count by', async () => {
  const columns = await duckdb.texts('SELECT column_name, column_type FROM (DESCRIBE FROM test_all_types())');
  const kinds = columns.map(([, type]) => fieldKind(type ?? ''));
  const counts = (kind: FieldKind) => kinds.filter((each) => each === kind).length;
  expect({ quantitative: counts('quantitative'), temporal: counts('temporal'), nominal: counts('nominal') }).toEqual({
    quantitative: 17,
    temporal: 8,
    nominal: 6,
  });
});

test('whole-number types are told apart', () => {
  const types = [
    'TINYINT',
    'UBIGINT',
    'HUGEINT',
    'INTEGER',
    'DECIMAL(5,0)',
    'DECIMAL(5,2)',
    'DOUBLE',
    'INTERVAL',
    'POINT',
  ];
  expect(types.filter(isIntegerType)).toEqual(['TINYINT', 'UBIGINT', 'HUGEINT', 'INTEGER', 'DECIMAL(5,0)']);
});

test('field names become titles', () => {
  const names = [
    'dep_delay',
    'Miles_per_Gallon',
    'IMDB Rating',
    'depDelay',
    'iPhone',
    'x',
    '',
    'NASA',
    '__',
    'Beak Length (mm)',
    'distance_km',
    'price_usd',
    'Weight_in_lbs',
    'fileSizeBytes',
    'temp_min',
    'bytes',
    'share_pct',
    'time of day h',
  ];
  expect(names.map(titleOfField)).toEqual([
    'Dep delay',
    'Miles per Gallon',
    'IMDB Rating',
    'Dep delay',
    'I phone',
    'X',
    '',
    'NASA',
    '__',
    'Beak Length (mm)',
    'Distance (km)',
    'Price (USD)',
    'Weight (lb)',
    'File size (bytes)',
    'Temp min',
    'Bytes',
    'Share (%)',
    'Time of day h',
  ]);
});
