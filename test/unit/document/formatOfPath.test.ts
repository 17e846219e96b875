import { expect, test } from 'vitest';
import { formatOfPath } from '#common/document/formatOfPath';
import type { SourceFormat } from '#common/document/pikaDocument';

function check(path: string, expected: SourceFormat | null): void {
  test(`${path} is ${expected ?? 'no data file'}`, () => expect(formatOfPath(path)).toBe(expected));
}

check('data/flights.csv', 'csv');
check('C:\\data\\FLIGHTS.CSV', 'csv');
check('a.tsv', 'tsv');
check('a.json', 'json');
check('map.geojson', 'json');
check('a.ndjson', 'jsonl');
check('a.jsonl', 'jsonl');
check('part-*.parquet', 'parquet');
check('a.pq', 'parquet');
check('a.parq', 'parquet');
check('a.arrow', 'arrow');
check('a.arrows', 'arrow');
check('a.feather', 'arrow');
check('a.ipc', 'arrow');
check('a.duckdb', 'duckdb');
check('a.db', 'duckdb');
check('a.sqlite', 'sqlite');
check('a.SQLITE3', 'sqlite');
check('a.csv.gz', 'csv');
check('a.tsv.ZST', 'tsv');
check('a.jsonl.zst', 'jsonl');
check('a.parquet.gz', null);
check('a.gz', null);
check('gz', null);
check('csv', null);
check('.csv', 'csv');
check('a.csv/readme', null);
check('a.txt', null);
check('a.constructor', null);
check('', null);
