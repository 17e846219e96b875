import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { ColumnInfo } from '#common/protocol/engineContract';
import type { ExportSpec } from '#common/protocol/exportContract';
import { copyText } from '#common/table/copyText';
import { ALL_ROWS } from '#common/table/tableView';
import { cellsSql, pageSql } from '../../../extension/query/pageSql.ts';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { testFolder } from '../../support/textFiles.ts';

const never = new AbortController().signal;
const CSV = { format: 'csv', hasHeader: true, compression: 'none' } as const;
const PARQUET = { format: 'parquet', codec: 'zstd', rowGroupRows: 122_880 } as const;

/** Values that a double, a millisecond or a careless quote would change, behind their type. */
const CASES: readonly (readonly [type: string, ...values: readonly string[]])[] = [
  ['BIGINT', '9007199254740993', '-9007199254740993', '9223372036854775807', "'-9223372036854775808'"],
  ['UBIGINT', '9007199254740993', '18446744073709551615'],
  ['HUGEINT', "'170141183460469231731687303715884105727'", "'-170141183460469231731687303715884105728'"],
  ['UHUGEINT', "'340282366920938463463374607431768211455'", '0'],
  ['DECIMAL(38,0)', "'99999999999999999999999999999999999999'", "'-99999999999999999999999999999999999999'"],
  ['DECIMAL(38,10)', "'9999999999999999999999999999.9999999999'", "'-0.0000000001'", '0'],
  ['DECIMAL(38,38)', "'0.99999999999999999999999999999999999999'", "'-0.00000000000000000000000000000000000001'"],
  ['DECIMAL(18,3)', "'-999999999999999.999'", '1.5'],
  ['DOUBLE', '0.1::DOUBLE + 0.2::DOUBLE', '1e308', '5e-324', "'-0.0'", "'nan'", "'inf'", "'-inf'"],
  ['FLOAT', '0.1', '16777217', '1.17549435e-38', "'nan'"],
  ['DATE', "'1899-12-31'", "'1582-10-04'", "'0044-03-15 (BC)'", "'infinity'", "'-infinity'"],
  ['TIMESTAMP', "'1899-12-31 23:59:59.999999'", "'0001-01-01'", "'2024-02-29 12:34:56.000001'", "'infinity'"],
  ['TIMESTAMP_S', "'1899-12-31 23:59:59'", "'2024-02-29 12:34:56'", "'infinity'"],
  ['TIMESTAMP_MS', "'1899-12-31 23:59:59.999'", "'2024-02-29 12:34:56.001'", "'-infinity'"],
  ['TIMESTAMP_NS', "'1899-12-31 23:59:59.999999999'", "'2024-02-29 12:34:56.000000001'"],
  ['TIMESTAMPTZ', "'1899-12-31 23:59:59.999999+05:30'", "'2024-02-29 12:34:56.000001-08'", "'infinity'"],
  ['TIME', "'00:00:00.000001'", "'23:59:59.999999'", "'24:00:00'"],
  ['INTERVAL', "'14 months 3 days 00:00:00.000001'", "'-1 month 1 day'", "'0 days'", "'1000000 hours'"],
  ['UUID', "'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"],
  ['BLOB', "'\\x00\\xFF\\x22\\x2C'", "''", "'plain'"],
  ['BIT', "'0'", "'1010101010101010101010101'"],
  ['BOOLEAN', 'true', 'false'],
  ['VARCHAR', "''", "'a,b'", `'say "hi"'`, "E'two\\nlines'", "E'tab\\there'", "'🦆 é'", "' spaces '", "'NULL'"],
  ["ENUM('a,b', 'ö', '')", "'a,b'", "'ö'", "''"],
  ['BIGINT[]', '[9007199254740993, NULL]', '[]'],
  ['VARCHAR[]', `['a, b', NULL, 'it''s "q"', '']`, '[]'],
  ['DECIMAL(38,10)[2]', "['9999999999999999999999999999.9999999999', NULL]"],
  ['STRUCT(a HUGEINT, "b c" VARCHAR)', `{'a': 170141183460469231731687303715884105727, 'b c': 'x, ''y'''}`],
  ['MAP(VARCHAR, TIMESTAMP_NS)', "MAP {'k, 1': '2024-02-29 12:34:56.000000001'::TIMESTAMP_NS}", 'MAP {}'],
  ['UNION(n UBIGINT, t VARCHAR)', 'union_value(n := 18446744073709551615::UBIGINT)', "union_value(t := 'a, b')"],
];

let folder: string;
let engine: EngineInProcess;
let reference: ReferenceDuckdb;
beforeAll(async () => {
  folder = await testFolder();
  engine = await EngineInProcess.open(folder);
  reference = await ReferenceDuckdb.open();
  await reference.run("SET TimeZone = 'UTC'");
});

/** What DuckDB itself prints for a column. */
async function truth(from: string): Promise<unknown[]> {
  return (await reference.texts(`SELECT v FROM ${from}`)).map(([text]) => text);
}

function readCsv(path: string): string {
  const dialect = `delim = ',', quote = '"', escape = '"', header = true, all_varchar = true, allow_quoted_nulls = false`;
  return `read_csv('${path}', ${dialect})`;
}

test.each(CASES)('%s is shown, copied and exported as DuckDB prints it', async (type, ...values) => {
  const rows = [...values, 'NULL'].map((value) => `SELECT (${value})::${type} AS v`);
  const relation = `(${rows.join(' UNION ALL ')})`;
  const name = type.replaceAll(/\W+/g, '-');
  const columns: ColumnInfo[] = [{ name: 'v', type }];
  const count = 100;
  const expected = await truth(relation);
  const only = { rowOffset: 0, rowCount: count };

  const page = pageSql({ relation, columns }, { ...only, columnOffset: 0, columnCount: 1 });
  const shown = (await engine.rows(page)).map(([text]) => text);

  const cells = await engine.rows(cellsSql({ relation, columns }, { ...only, columns: [0] }, ALL_ROWS));
  const copied = join(folder, `${name}.copied.csv`);
  await writeFile(copied, `${copyText('csv', columns, cells as (string | null)[][])}\n`);

  const exported = async (spec: ExportSpec) => {
    const target = join(folder, `${name}.${spec.format}`);
    const request = { sql: `SELECT v FROM ${relation}`, spec, target, protectedFiles: [], subject: 'test' };
    await engine.engine.exporter.exportQuery(request, { signal: never, report: () => undefined });
    return truth(spec.format === 'csv' ? readCsv(target) : `'${target}'`);
  };

  expect({
    shown,
    copied: await truth(readCsv(copied)),
    csv: await exported(CSV),
    parquet: await exported(PARQUET),
  }).toEqual({ shown: expected, copied: expected, csv: expected, parquet: expected });
});

test('nested values are copied as JSON, every digit of their numbers kept', async () => {
  const columns: ColumnInfo[] = [
    { name: 'l', type: 'DECIMAL(38,10)[]' },
    { name: 's', type: 'STRUCT(a HUGEINT, "b ""c" VARCHAR, d DOUBLE[])' },
    { name: 'm', type: 'MAP(VARCHAR, BIGINT)' },
    { name: 'j', type: 'JSON' },
  ];
  const values = [
    `['9999999999999999999999999999.9999999999', NULL]::DECIMAL(38,10)[]`,
    `{'a': 170141183460469231731687303715884105727, 'b "c': 'NaN', 'd': ['nan'::DOUBLE]}`,
    `MAP {'k': 9007199254740993}`,
    `'{"n": 12345678901234567890.125, "t": ["x"]}'::JSON`,
  ];
  const relation = `(SELECT ${values.join(', ')} UNION ALL SELECT NULL, NULL, NULL, NULL)`;
  const range = { rowOffset: 0, rowCount: 2, columns: [0, 1, 2, 3], isNestedJson: true };
  const cells = await engine.rows(cellsSql({ relation, columns }, range, ALL_ROWS));
  expect(copyText('json', columns, cells as (string | null)[][])).toBe(`[
  { "l": [9999999999999999999999999999.9999999999,null], "s": {"a":170141183460469231731687303715884105727,"b \\"c":"NaN","d":["nan"]}, "m": {"k":9007199254740993}, "j": {"n": 12345678901234567890.125, "t": ["x"]} },
  { "l": null, "s": null, "m": null, "j": null }
]`);
});
