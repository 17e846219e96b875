import { copyFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, test } from 'vitest';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { testFolder } from '../../support/textFiles.ts';

let folder: string;
let engine: EngineInProcess;
beforeAll(async () => {
  folder = await testFolder();
  engine = await EngineInProcess.open(folder);
});

/** Lets another DuckDB write a database file; `use` may copy it and its log before they are closed. */
async function writeDatabase(name: string, statements: string, use?: (path: string) => Promise<void>): Promise<string> {
  const path = join(folder, name);
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(statements);
  await use?.(path);
  connection.closeSync();
  instance.closeSync();
  return path;
}

async function valuesOf(path: string): Promise<unknown[]> {
  const { relation } = await engine.describe(path, { format: 'duckdb' });
  return (await engine.rows(`SELECT n FROM ${relation} ORDER BY n`)).flat();
}

test('a database that another one took the place of is read anew', async () => {
  const path = await writeDatabase('shown.duckdb', 'CREATE TABLE t AS SELECT range::INTEGER AS n FROM range(200000)');
  expect((await valuesOf(path)).length).toBe(200_000);
  const next = await writeDatabase('next.duckdb', 'CREATE TABLE t AS SELECT 7 AS n');
  await rename(next, path);
  expect(await valuesOf(path)).toEqual([7]);
});

test('rows that are only in the log beside a database are there, also when it comes later', async () => {
  const path = join(folder, 'copied.duckdb');
  const start = "SET wal_autocheckpoint = '1GB'; CREATE TABLE t AS SELECT 1 AS n; CHECKPOINT";
  await writeDatabase('written.duckdb', `${start}; INSERT INTO t VALUES (2)`, async (written) => {
    await copyFile(written, path);
    expect(await valuesOf(path)).toEqual([1]);
    await copyFile(`${written}.wal`, `${path}.wal`);
  });
  expect(await valuesOf(path)).toEqual([1, 2]);
});

test('several that open one file at once get it', async () => {
  const path = await writeDatabase('many.duckdb', 'CREATE TABLE t AS SELECT 3 AS n');
  expect(await Promise.all(Array.from({ length: 8 }, () => valuesOf(path)))).toEqual(Array(8).fill([3]));
});
