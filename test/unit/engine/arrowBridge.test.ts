import { DataType, type Table } from 'apache-arrow';
import { beforeAll, expect, test } from 'vitest';
import { shapeQuery } from '../../../extension/engine/run/boundSelect.ts';
import { quoteIdentifier } from '../../../extension/query/quote.ts';
import { arrowJson } from '../../support/arrowJson.ts';
import { EngineDatabase } from '../../support/engineDatabase.ts';

let database: EngineDatabase;
beforeAll(async () => {
  database = await EngineDatabase.open();
});

/** Every column of a query, value by value, against DuckDB's own conversion: of the value, or of its text where text travels. */
function check(name: string, relation: string, minimumRows = 0): void {
  test(name, async () => {
    const table = await database.arrow(`SELECT * FROM ${relation}`);
    expect(table.numRows).toBeGreaterThanOrEqual(minimumRows);
    const types = (await rows(`DESCRIBE SELECT * FROM ${relation}`)).map(([, type]) => type);
    const items = table.schema.fields.map(({ name, type }, i) => {
      const travelsAsText = DataType.isUtf8(type) && types[i] !== 'VARCHAR';
      return `${quoteIdentifier(name)}${travelsAsText ? '::VARCHAR' : ''}`;
    });
    const expected = await rows(`SELECT ${items.join(', ')} FROM ${relation}`);
    table.schema.fields.forEach(({ name }, i) => {
      expect({ name, values: valuesOf(table, name) }).toEqual({ name, values: expected.map((row) => row[i]) });
    });
  });
}

async function rows(sql: string): Promise<unknown[][]> {
  return (await database.connection.runAndReadAll(sql)).getRowsJson();
}

function valuesOf(table: Table, name: string): unknown[] {
  const vector = table.getChild(name);
  if (!vector) throw new Error(`no column ${name}`);
  return Array.from({ length: table.numRows }, (_, index) => arrowJson(vector, index));
}

check('carries every type exactly, smallest and largest values and NULL included', 'test_all_types()', 3);
check(
  'carries every type exactly when lists, enums and unions are large',
  'test_all_types(use_large_enum := true, use_large_bignum := false)',
  3,
);

const GENERATED = `(
  SELECT
    i, nullif(i % 3, 0)::TINYINT AS tiny, nullif(hash(i) % 5, 0)::UBIGINT AS big, nullif(i % 4, 1) = 2 AS flag,
    nullif(i, 77) / 7 AS ratio, nullif(i, 78)::FLOAT AS single,
    (nullif(i % 90, 5) - 44)::DECIMAL(4, 2) AS d2, (i - 4000)::DECIMAL(9, 3) AS d4, (nullif(i, 9) * -1234567)::DECIMAL(18, 4) AS d8,
    (nullif(i, 10) * -1234567890123)::DECIMAL(38, 5) AS d16,
    CASE WHEN i % 11 <> 4 THEN repeat('é', (i % 20)::INT) END AS text, nullif(repeat('x', (hash(i) % 70)::INT), '') AS mixed,
    CASE WHEN i % 5 > 0 THEN repeat(chr(65 + (i % 26)::INT), 100 + (i % 300)::INT) END AS long, encode(i::VARCHAR) AS bytes,
    DATE '1969-12-01' + (nullif(i, 12) % 90)::INT AS day, TIMESTAMP '1969-12-31' + to_microseconds(nullif(i, 13) * 977) AS moment,
    CASE WHEN i % 13 > 1 THEN list_transform(range(i % 6), lambda x: CASE WHEN x % 4 = 3 THEN NULL ELSE x + i END) END AS list,
    list_slice([i, i + 1, NULL, i + 3], (i % 3) + 1, 3) AS slice, list_filter([i % 5, i % 7, 3], lambda x: x > 3) AS filtered,
    [1, NULL, 3] AS constant_list, [[i], NULL, [], [i, NULL]] AS nested, ['a', NULL, repeat('b', (i % 30)::INT)] AS texts,
    CASE WHEN i % 9 <> 2 THEN {'a': nullif(i % 2, 0), 'b': [i, i % 3], 'c': {'d': i::VARCHAR}} END AS struct,
    array_value(i, nullif(i % 4, 2)) AS pair, (CASE WHEN i % 6 = 0 THEN NULL ELSE ['p', 'q', 'r'][(i % 3) + 1] END)::ENUM('r', 'q', 'p') AS mood,
    sum(i) OVER (ORDER BY i) AS huge, MAP {i % 3: 'm'} AS pairs, {'h': i::HUGEINT} AS huge_struct, [to_days((i % 5)::INT)] AS spans
  FROM range(9000) numbers(i) WHERE i % 7 <> 3 ORDER BY i)`;
check('keeps values in place when chunks are not aligned and every column has NULLs', GENERATED, 7000);

const JOINED = `(SELECT l.i, r.list, r.text, r.struct FROM range(6000) l(i)
  JOIN (SELECT i, [i, i * 2, NULL] AS list, repeat('k', i::INT) AS text, {'v': [i]} AS struct FROM range(40) t(i)) r ON l.i % 45 = r.i
  ORDER BY l.i)`;
check('keeps nested values in place when rows repeat', JOINED, 5000);

test('numbers repeated column names and keeps their values apart', async () => {
  const table = await database.arrow('SELECT 1 AS a, 2 AS a, 3::HUGEINT AS a');
  const values = table.schema.fields.map(({ name }) => [name, valuesOf(table, name)]);
  expect(values).toEqual([
    ['a', [1]],
    ['a_1', [2]],
    ['a_2', ['3']],
  ]);
});

test('gives a schema for a result without rows', async () => {
  const table = await database.arrow("SELECT 1 AS a, 'x' AS b WHERE false");
  expect([table.numRows, table.schema.fields.map(({ name }) => name)]).toEqual([0, ['a', 'b']]);
});

test('ends a batch early rather than collecting gigabytes of text', async () => {
  const table = await database.arrow("SELECT repeat('y', 20000) AS t FROM range(4000)");
  expect([table.numRows, table.batches.length > 1]).toEqual([4000, true]);
});

test('describes columns with DuckDB’s own type texts', async () => {
  const { columns } = await shapeQuery(database.connection, 'SELECT * FROM test_all_types()');
  const described = await rows('DESCRIBE SELECT * FROM test_all_types()');
  expect(columns).toEqual(described.map(([name, type]) => ({ name, type })));
});

test('binds parameters, also where only they give a column its type', async () => {
  const table = await database.arrow('SELECT $1 + 1 AS a, $2 AS b, $3 AS c', [41, 'é', null]);
  expect(['a', 'b', 'c'].flatMap((name) => valuesOf(table, name))).toEqual([42, 'é', null]);
});
