import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowPlaces } from '#common/protocol/engineContract';
import { cellsSql, pageSql } from '../../../extension/query/pageSql.ts';
import {
  hasPlaceNames,
  listedCondition,
  orderedCondition,
  windowConditions,
} from '../../../extension/query/rowPlaces.ts';
import { viewPlacesSql, type Rows } from '../../../extension/query/viewSql.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';

const FILE_ROWS = [5000, 1, 0, 3000, 2000];
const COLUMNS = [
  { name: 'id', type: 'BIGINT' },
  { name: 'group', type: 'BIGINT' },
];

let duckdb: ReferenceDuckdb;
let folder: string;
let rows: Rows;

beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
  folder = await mkdtemp(join(tmpdir(), 'pika-places-'));
  let first = 0;
  for (const [file, count] of FILE_ROWS.entries()) {
    const select = `SELECT i + ${first} AS id, i % 3 AS "group" FROM range(${count}) AS r(i)`;
    await duckdb.run(`COPY (${select}) TO '${folder}/${file}.parquet' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
    first += count;
  }
  rows = {
    relation: `read_parquet(['${folder}/*.parquet'])`,
    columns: COLUMNS,
    places: { kind: 'parquet', fileRows: FILE_ROWS },
  };
});

afterAll(() => rm(folder, { recursive: true }));

async function ids(sql: string): Promise<number[]> {
  return (await duckdb.texts(sql)).map(([id]) => Number(id));
}

function numbers(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

function check(name: string, rowOffset: number, rowCount: number, expectedEnd = rowOffset + rowCount): void {
  test(name, async () => {
    const window = { rowOffset, rowCount, columnOffset: 0, columnCount: 2 };
    expect(await ids(pageSql(rows, window))).toEqual(numbers(rowOffset, expectedEnd));
    const range = { rowOffset, rowCount, columns: [0] };
    expect(await ids(cellsSql(rows, range, { sort: [], filters: [] }))).toEqual(numbers(rowOffset, expectedEnd));
  });
}

check('a page starts at the first row', 0, 200);
check('a page lies within one row group of one file', 2100, 200);
check('a page spans row groups', 2000, 200);
check('a page spans files, one of one row and one of none', 4900, 300);
check('a page ends with the last row', 9950, 200, 10_001);
check('a page behind the last row is empty', 20_000, 200, 20_000);

test('a page deep in the files asks for none of the rows before it', async () => {
  const sql = pageSql(rows, { rowOffset: 9000, rowCount: 200, columnOffset: 0, columnCount: 2 });
  expect(sql).not.toContain('OFFSET');
  expect(await ids(sql)).toEqual(numbers(9000, 9200));
});

test("a page over many small files is read in the files' order", async () => {
  const fileRows = Array.from({ length: 200 }, () => 1);
  expect(windowConditions({ kind: 'parquet', fileRows }, { rowOffset: 0, rowCount: 100 })).toBe(null);
});

test('equal rows of a sorted view have the order of the file, however many are asked for', async () => {
  const sort = [{ column: 'group', direction: 'descending' } as const];
  const page = (rowOffset: number, rowCount: number) =>
    ids(pageSql(rows, { rowOffset, rowCount, columnOffset: 0, columnCount: 2 }, { sort, filters: [] }));
  const all = await page(0, 20_000);
  const expected = numbers(0, 10_001).sort((a, b) => groupOf(b) - groupOf(a) || a - b);
  expect(all).toEqual(expected);
  expect(await page(500, 100)).toEqual(expected.slice(500, 600));
});

function groupOf(id: number): number {
  let before = 0;
  for (const count of FILE_ROWS) {
    if (id < before + count) return (id - before) % 3;
    before += count;
  }
  return 0;
}

test('a column of the file that has the name of a place hides it', () => {
  const places: RowPlaces = { kind: 'rowid' };
  expect(hasPlaceNames(places, COLUMNS)).toBe(true);
  expect(hasPlaceNames(places, [...COLUMNS, { name: 'RowId', type: 'BIGINT' }])).toBe(false);
});

test('rows of a table are found by their id, in its order, also over the ends of row groups', async () => {
  await duckdb.run('CREATE TABLE counted AS SELECT i AS id, 0 AS "group" FROM range(300000) AS r(i)');
  const table: Rows = { relation: 'counted', columns: COLUMNS, places: { kind: 'rowid' } };
  for (const rowOffset of [0, 122_000, 299_000]) {
    const sql = pageSql(table, { rowOffset, rowCount: 2000, columnOffset: 0, columnCount: 2 });
    expect(sql).not.toContain('LIMIT');
    expect(await ids(sql)).toEqual(numbers(rowOffset, Math.min(rowOffset + 2000, 300_000)));
  }
});

test('a part of a view is read by the places of its rows, listed or kept in an order', async () => {
  const places: RowPlaces = { kind: 'parquet', fileRows: FILE_ROWS };
  const view = {
    sort: [{ column: 'group', direction: 'ascending' } as const],
    filters: [{ kind: 'compare', column: 'id', operator: '>', value: '4000' } as const],
  };
  const expected = numbers(4001, 10_001).sort((a, b) => groupOf(a) - groupOf(b) || a - b);
  await duckdb.run(`CREATE TABLE kept AS ${viewPlacesSql(rows, places, view)}`);
  const window = { rowOffset: 5500, rowCount: 50, columnOffset: 0, columnCount: 2 };
  const ordered = orderedCondition(places, 'kept', window);
  expect(await ids(pageSql(rows, window, view, ordered))).toEqual(expected.slice(5500, 5550));
  const kept = await duckdb.texts('FROM kept WHERE rowid BETWEEN 5500 AND 5549');
  const listed = listedCondition(
    places,
    kept.map((place) => place.map(Number)),
  );
  expect(await ids(pageSql(rows, window, view, listed))).toEqual(expected.slice(5500, 5550));
  expect(await ids(pageSql(rows, window, view, listedCondition(places, [])))).toEqual([]);
});
