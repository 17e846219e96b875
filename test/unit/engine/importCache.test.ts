import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { lines, testFolder, writeInto } from '../../support/textFiles.ts';

let folder: string;
let path: string;
let engine: EngineInProcess;
const scratch = (name: string) => ({ scratchDirectory: join(folder, name) });
const cacheFiles = async () => (await readdir(join(folder, '.cache'))).filter((name) => name !== 'leases');

beforeAll(async () => {
  folder = await testFolder();
});
beforeEach(async () => {
  folder = await testFolder();
  engine = await EngineInProcess.open(folder, scratch('.one'));
  path = await writeInto(folder, 'data.csv', `i,half\n${lines(50_000, (i) => `${i},${i / 2}`)}`);
});

test('imports a file and finds it again, in this engine and in another', async () => {
  const fractions: number[] = [];
  const report = (progress: unknown) => fractions.push((progress as { fraction: number }).fraction);
  const imported = await engine.import(path, {}, { report });
  const other = await EngineInProcess.open(folder, scratch('.two'));
  const found = await Promise.all([engine, other].map((each) => each.describe(path)));
  expect([imported.access, imported.rowCount, imported.isImportAdvised, fractions.at(-1)]).toEqual([
    'imported',
    50_000,
    false,
    1,
  ]);
  expect(found).toEqual([imported, imported]);
  const sums = await Promise.all(
    [engine, other].map((each) => each.rows(`SELECT sum(half) FROM ${imported.relation}`)),
  );
  expect(sums).toEqual([[[624_987_500]], [[624_987_500]]]);
});

test('answers a relation handed out before by an engine that is gone', async () => {
  const { relation } = await engine.import(path);
  const next = await EngineInProcess.open(folder, scratch('.three'));
  expect(await next.rows(`SELECT count(*) FROM ${relation}`)).toEqual([['50000']]);
});

test('imports again when the file or an option has changed', async () => {
  const before = await engine.import(path);
  await writeFile(path, 'i,half\n1,2\n');
  await utimes(path, 1000, 1000);
  const changed = await engine.import(path);
  const asText = await engine.import(path, { options: { all_varchar: true } });
  expect([before.rowCount, changed.rowCount, asText.columns[0]?.type]).toEqual([50_000, 1, 'VARCHAR']);
  expect(await cacheFiles()).toHaveLength(3);
});

test('leaves nothing behind when it fails', async () => {
  await writeFile(path, `i,half\n${lines(30_000, (i) => `${i},1`)}oops,1\n`);
  await expect(engine.import(path)).rejects.toMatchObject({ code: 'source-format', details: { line: 30_002, path } });
  expect(await cacheFiles()).toEqual([]);
});

test('leaves nothing behind when it is cancelled, and can be started again', async () => {
  await writeFile(path, `i,half,text\n${lines(2_000_000, (i) => `${i},${i / 2},row ${i}`)}`);
  const controller = new AbortController();
  const importing = engine.import(path, {}, { signal: controller.signal });
  await waitFor(async () => (await cacheFiles()).some((name) => name.includes('.tmp-')));
  controller.abort();
  await expect(importing).rejects.toMatchObject({ code: 'cancelled' });
  expect(await cacheFiles()).toEqual([]);
  expect((await engine.import(path)).rowCount).toBe(2_000_000);
});

test('may be asked twice at once, by one engine or by two', async () => {
  const other = await EngineInProcess.open(folder, scratch('.two'));
  const imported = await Promise.all([engine.import(path), engine.import(path), other.import(path)]);
  expect(imported.map(({ rowCount }) => rowCount)).toEqual([50_000, 50_000, 50_000]);
  expect(await cacheFiles()).toHaveLength(1);
});

test('lets a second import of the same file be cancelled while the first goes on', async () => {
  await writeFile(path, `i,half,text\n${lines(1_000_000, (i) => `${i},${i / 2},row ${i}`)}`);
  const controller = new AbortController();
  const first = engine.import(path);
  const second = engine.import(path, {}, { signal: controller.signal });
  await waitFor(async () => (await cacheFiles()).some((name) => name.includes('.tmp-')));
  controller.abort();
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  expect((await first).rowCount).toBe(1_000_000);
});

test('makes a file again that something else has written', async () => {
  await engine.import(path);
  const [name = ''] = await cacheFiles();
  await writeFile(join(folder, '.cache', name), 'no database');
  const other = await EngineInProcess.open(folder, scratch('.two'));
  expect((await other.import(path)).rowCount).toBe(50_000);
});

test('clears the cache and reports the bytes', async () => {
  await engine.import(path);
  const { byteLength } = await readFile(join(folder, '.cache', (await cacheFiles())[0] ?? ''));
  expect(await engine.engine.clearCache()).toEqual({ freedBytes: byteLength });
  expect(await cacheFiles()).toEqual([]);
});

test('removes half-written files of processes that are gone, and only those', async () => {
  const key = 'f'.repeat(32);
  for (const name of [`${key}.tmp-999999999-0`, `${key}.tmp-${process.ppid}-0`])
    await writeInto(join(folder, '.cache'), name, 'x');
  await EngineInProcess.open(folder, scratch('.two'));
  expect(await cacheFiles()).toEqual([`${key}.tmp-${process.ppid}-0`]);
});

test('removes samples that are a day old', async () => {
  const old = await writeInto(join(folder, '.cache'), `${'e'.repeat(32)}.sample.csv`, 'x');
  await utimes(old, 1000, 1000);
  await writeInto(join(folder, '.cache'), `${'d'.repeat(32)}.sample.csv`, 'x');
  await EngineInProcess.open(folder, scratch('.two'));
  expect(await cacheFiles()).toEqual([`${'d'.repeat(32)}.sample.csv`]);
});

test('reads tables of a DuckDB file in place', async () => {
  const file = join(folder, 'my data.duckdb');
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run('CREATE TABLE t AS SELECT range AS x FROM range(10)');
  await connection.run('CREATE SCHEMA "s s"; CREATE VIEW "s s".v AS SELECT 1 AS a; CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
  expect(await engine.engine.listTables(file, new AbortController().signal)).toEqual(['t', 's s.v']);
  const table = await engine.describe(file, { format: 'duckdb', table: 't' });
  const view = await engine.describe(file, { format: 'duckdb', table: 's s.v' });
  expect([table.rowCount, await engine.texts(view)]).toEqual([10, [['1']]]);
  for (const wanted of [{}, { table: 'nope' }]) {
    const opening = engine.describe(file, { format: 'duckdb', ...wanted });
    await expect(opening).rejects.toMatchObject({
      code: 'bad-request',
      details: { hint: 'Name one of them: t, s s.v.' },
    });
  }
});

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}
