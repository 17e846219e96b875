import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExportSpec } from '#common/protocol/exportContract';
import { arrowJson } from '../../support/arrowJson.ts';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';

const never = new AbortController().signal;
const ALL_TYPES = 'SELECT * FROM test_all_types()';
const PARQUET = { format: 'parquet', codec: 'zstd', rowGroupRows: 122_880 } as const;
const plain = <F extends 'csv' | 'tsv' | 'json' | 'jsonl'>(format: F) =>
  ({ format, hasHeader: true, compression: 'none' }) as const;

let folder: string;
let engine: EngineInProcess;
let reference: ReferenceDuckdb;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pika-export-'));
  engine = await EngineInProcess.open(folder);
  reference = await ReferenceDuckdb.open();
  await reference.rows("SET TimeZone = 'UTC'");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function exported(sql: string, spec: ExportSpec, name: string) {
  const target = join(folder, name);
  const request = { sql, spec, target, protectedFiles: [], subject: 'test' };
  return engine.engine.exporter.exportQuery(request, { signal: never, report: () => undefined });
}

/** Each column of a query as DuckDB's own text. */
async function textsByColumn(relation: string): Promise<Record<string, unknown[]>> {
  const names = (await reference.rows(`DESCRIBE SELECT * FROM ${relation}`)).map((row) => String(row['column_name']));
  const rows = await reference.texts(`SELECT * FROM ${relation}`);
  return Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i])]));
}

const CSV_READER = 'all_varchar = true, header = true, allow_quoted_nulls = false';

describe('every type of DuckDB reads back as its own text', () => {
  test.for(['csv', 'tsv'] as const)('from %s', async (format) => {
    await exported(ALL_TYPES, plain(format), `all.${format}`);
    const delimiter = format === 'csv' ? ',' : '\t';
    const reader = `read_csv('${join(folder, `all.${format}`)}', delim = '${delimiter}', quote = '"', escape = '"', ${CSV_READER})`;
    expect(await textsByColumn(reader)).toEqual(await textsByColumn('test_all_types()'));
  });

  test('from Parquet, with the types that it cannot hold as text and named', async () => {
    const { notices } = await exported(ALL_TYPES, PARQUET, 'all.parquet');
    expect(await textsByColumn(`'${join(folder, 'all.parquet')}'`)).toEqual(await textsByColumn('test_all_types()'));
    expect(notices).toEqual([
      'Written as text, because Parquet cannot hold their values exactly: hugeint (HUGEINT), uhugeint (UHUGEINT), time_tz (TIME WITH TIME ZONE), interval (INTERVAL), union (UNION).',
    ]);
  });

  test('from a DuckDB table, types included', async () => {
    await exported(ALL_TYPES, { format: 'duckdb', table: 'all types', replacesTable: false }, 'all.duckdb');
    await reference.rows(`ATTACH '${join(folder, 'all.duckdb')}' AS exported (READ_ONLY)`);
    const relation = 'exported."all types"';
    expect(await textsByColumn(relation)).toEqual(await textsByColumn('test_all_types()'));
    const types = (from: string) =>
      reference.rows(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${from})`);
    expect(await types(relation)).toEqual(await types('test_all_types()'));
    await reference.rows('DETACH exported');
  });

  test.for(['json', 'jsonl'] as const)('from %s, which any JSON parser can read', async (format) => {
    await exported(ALL_TYPES, plain(format), `all.${format}`);
    const text = await readFile(join(folder, `all.${format}`), 'utf8');
    const rows = (
      format === 'json'
        ? JSON.parse(text)
        : text
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as unknown)
    ) as Record<string, unknown>[];
    const [first] = rows;
    expect(rows).toHaveLength(3);
    expect(first?.['double_array']).toEqual([]);
    expect(rows[1]?.['double_array']).toEqual([42, 'nan', 'inf', '-inf', null, -42]);
    expect(rows[1]?.['struct']).toEqual({ a: 42, b: '🦆🦆🦆🦆🦆🦆' });
    expect(text).toContain('170141183460469231731687303715884105727');
    expect(text).toContain('9999999999999999999999999999.9999999999');
    const scalars = '(float|double|hugeint|uuid|interval|bignum|bit|blob|time_tz|ubigint|timestamp_ns|varchar)';
    const picked = `SELECT COLUMNS('^${scalars}$')::VARCHAR FROM`;
    const file = `read_json('${join(folder, `all.${format}`)}', columns = {${await textColumns()}})`;
    const truth = await reference.rows(
      `${picked} (SELECT * REPLACE (float::DOUBLE AS float, time_tz::VARCHAR AS time_tz) FROM test_all_types())`,
    );
    expect(await reference.rows(`${picked} ${file}`)).toEqual(truth);
  });

  test('from Arrow, with the types that it cannot hold as text', async () => {
    const { notices } = await exported(ALL_TYPES, { format: 'arrow' }, 'all.arrow');
    const table = tableFromIPC(await readFile(join(folder, 'all.arrow')));
    const truth = await reference.rows(ALL_TYPES);
    const asText = await textsByColumn('test_all_types()');
    expect(table.numRows).toBe(3);
    expect(notices).toHaveLength(1);
    for (const [i, field] of table.schema.fields.entries()) {
      const column = table.getChildAt(i);
      const values = [0, 1, 2].map((row) => column && arrowJson(column, row));
      const isText = /HUGEINT|BIGNUM|INTERVAL|UUID|BIT|TIME WITH|MAP|UNION|GEOMETRY/.test(await typeOf(field.name));
      expect([field.name, values]).toEqual([
        field.name,
        isText ? asText[field.name] : truth.map((row) => row[field.name]),
      ]);
    }
  });
});

async function typeOf(name: string): Promise<string> {
  const rows = await reference.rows(`DESCRIBE SELECT "${name}" FROM test_all_types()`);
  const type = String(rows[0]?.['column_type']);
  return /^(?!STRUCT|ENUM|TIMESTAMP)/.test(type) ? type : '';
}

async function textColumns(): Promise<string> {
  const rows = await reference.rows('DESCRIBE SELECT * FROM test_all_types()');
  return rows
    .map((row) => {
      const name = String(row['column_name']);
      return `"${name}": '${['float', 'double'].includes(name) ? 'DOUBLE' : 'VARCHAR'}'`;
    })
    .join(', ');
}

const TRICKY = `SELECT * FROM (VALUES ('a,b', 1), (NULL, 2), ('', 3), ('q"x', 4), (E'two\\nlines', 5), (' lead', 6), (E'tab\\there', 7), ('🦆', 8)) t(text, n)`;

test.for(['csv', 'tsv'] as const)('%s keeps null, empty text, quotes and line ends apart', async (format) => {
  await exported(TRICKY, plain(format), `tricky.${format}`);
  const reader = `read_csv('${join(folder, `tricky.${format}`)}', delim = '${format === 'csv' ? ',' : '\t'}', quote = '"', escape = '"', ${CSV_READER})`;
  expect(await reference.texts(`SELECT * FROM ${reader}`)).toEqual(await reference.texts(TRICKY));
});

test.for([
  ['parquet', PARQUET],
  ['arrow', { format: 'arrow' }],
  ['csv', plain('csv')],
  ['json', plain('json')],
  ['jsonl', plain('jsonl')],
] as const)('no rows and repeated column names: %s', async ([ending, spec]) => {
  const sql = 'SELECT 1 AS a, 2 AS a, 3 AS "A" WHERE false';
  expect(await exported(sql, spec, `none.${ending}`)).toMatchObject({ rowCount: 0 });
  const text = await readFile(join(folder, `none.${ending}`), 'utf8');
  if (ending === 'csv') expect(text).toBe('a,a_1,A_2\n');
  if (ending === 'jsonl') expect(text).toBe('');
  if (ending === 'json') expect(JSON.parse(text)).toEqual([]);
});

test('the codec and the row groups are those that were asked for', async () => {
  const spec = { format: 'parquet', codec: 'gzip', rowGroupRows: 4096 } as const;
  await exported('SELECT range AS n FROM range(10000)', spec, 'groups.parquet');
  const facts = `SELECT DISTINCT compression, row_group_num_rows AS rows FROM parquet_metadata('${join(folder, 'groups.parquet')}') ORDER BY rows`;
  expect(await reference.rows(facts)).toEqual([
    { compression: 'GZIP', rows: '1808' },
    { compression: 'GZIP', rows: '4096' },
  ]);
});

test('a compressed CSV without header is what it says', async () => {
  await exported('SELECT 1 AS a', { format: 'csv', hasHeader: false, compression: 'gzip' }, 'one.csv.gz');
  expect(gunzipSync(await readFile(join(folder, 'one.csv.gz'))).toString()).toBe('1\n');
});

test('ten thousand columns of every format', async () => {
  const sql = `SELECT ${Array.from({ length: 10_000 }, (_, i) => `${i} AS c${i}`).join(', ')}`;
  for (const spec of [PARQUET, { format: 'arrow' }, plain('csv'), plain('jsonl')] as const) {
    expect(await exported(sql, spec, `wide.${spec.format}`)).toMatchObject({ rowCount: 1 });
  }
  const csv = (await readFile(join(folder, 'wide.csv'), 'utf8')).split('\n');
  expect(csv[1]?.split(',').at(-1)).toBe('9999');
  expect(tableFromIPC(await readFile(join(folder, 'wide.arrow'))).numCols).toBe(10_000);
});

test('many batches of Arrow with a dictionary are all there, in order', async () => {
  const sql =
    "SELECT range AS n, (CASE range % 2 WHEN 0 THEN 'even' ELSE 'odd' END)::ENUM('even', 'odd') AS e FROM range(500000)";
  const { rowCount } = await exported(sql, { format: 'arrow' }, 'many.arrow');
  const table = tableFromIPC(await readFile(join(folder, 'many.arrow')));
  expect([rowCount, table.numRows, table.get(499_999)?.toJSON()]).toEqual([
    500_000,
    500_000,
    { n: 499_999n, e: 'odd' },
  ]);
});

test('a table is added to a database that has others, and replaces one only when it may', async () => {
  const file = join(folder, 'shop.duckdb');
  const made = await DuckDBInstance.create(file);
  const connection = await made.connect();
  await connection.run("CREATE TABLE kept AS SELECT 'kept' AS v");
  connection.closeSync();
  made.closeSync();
  const spec = { format: 'duckdb', table: 'added', replacesTable: false } as const;
  await exported('SELECT 1 AS v', spec, 'shop.duckdb');
  await expect(exported('SELECT 2 AS v', spec, 'shop.duckdb')).rejects.toMatchObject({ code: 'export-refused' });
  await exported('SELECT 3 AS v', { ...spec, replacesTable: true }, 'shop.duckdb');
  await reference.rows(`ATTACH '${file}' AS shop (READ_ONLY)`);
  expect(await reference.rows('SELECT kept.v AS kept, added.v AS added FROM shop.kept, shop.added')).toEqual([
    { kept: 'kept', added: 3 },
  ]);
  await reference.rows('DETACH shop');
});
