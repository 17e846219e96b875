import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const ROWS = 500_000;
/** Large enough to be imported. */
const LARGE = `i,text\n${Array.from({ length: ROWS }, (_, i) => `${i},some text of row ${i}\n`).join('')}`;

describe('windows on one folder', () => {
  let log: Uint8Array;
  const pika = usePikaWindow(async () => {
    const written = await writtenDatabase();
    log = written.log;
    return { isAlone: true, files: { 'rows.csv': LARGE, 'small.csv': 'n\n1\n2\n', 'places.duckdb': written.database } };
  });

  async function imports(): Promise<readonly string[]> {
    return (await readdir(join(pika().storage, 'cache'))).filter((name) => name.endsWith('.duckdb'));
  }

  it('import one file at once into one copy, which one of them cannot take from the other', async () => {
    const first = pika();
    const second = await first.openAnother();
    await Promise.all([first, second].map((window) => window.openInPika('rows.csv')));
    const counts = [first, second].map(async (window) => (await window.done('source')).getAttribute('data-rows'));
    expect(await Promise.all(counts)).toEqual([String(ROWS), String(ROWS)]);
    expect((await imports()).length).toBe(1);
    await first.workbench.closeAll();
    await first.workbench.runCommand('Pika: Clear Cache');
    await first.workbench.notification('the cache');
    const { workbench } = second;
    await second.runQuery('SELECT sum(i)::BIGINT AS total FROM rows');
    const table = workbench.node({ id: 'query_table' });
    await workbench.nodeReaches(table, 'done');
    expect((await shownCells(table)).map(({ text }) => text)).toEqual([String((ROWS * (ROWS - 1)) / 2)]);
    await second.close();
  });

  it('mark what they show as stale when its file changes, and show the new rows on request', async () => {
    const window = pika();
    await window.openInPika('small.csv');
    const source = await window.done('source');
    await writeFile(join(window.folder, 'small.csv'), 'n\n5\n6\n7\n');
    await source.and(window.workbench.canvas().locator('[data-state="stale"]')).waitFor();
    await source.getByRole('button', { name: 'Run small' }).click();
    await window.workbench.nodeReaches(source, 'done');
    expect(await source.getAttribute('data-rows')).toBe('3');
    const shown = async () => (await shownCells(await window.done('table'))).map(({ text }) => text);
    await expect.poll(shown, { timeout: 60_000 }).toEqual(['5', '6', '7']);
  });

  it('notice rows that are only in the log beside a database', async () => {
    const window = pika();
    await window.openInPika('places.duckdb');
    const source = await window.done('source');
    expect(await source.getAttribute('data-rows')).toBe('1');
    await writeFile(join(window.folder, 'places.duckdb.wal'), log);
    await source.and(window.workbench.canvas().locator('[data-state="stale"]')).waitFor();
    await source.getByRole('button', { name: /^Run/ }).click();
    await window.workbench.nodeReaches(source, 'done');
    expect(await source.getAttribute('data-rows')).toBe('2');
  });
});

/** A database of one row, and the log in which its second one is. */
async function writtenDatabase(): Promise<{ readonly database: Uint8Array; readonly log: Uint8Array }> {
  const folder = await mkdtemp(join(tmpdir(), 'pika-database-'));
  const path = join(folder, 'places.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run("SET wal_autocheckpoint = '1GB'; CREATE TABLE places AS SELECT 1 AS n; CHECKPOINT");
  await connection.run('INSERT INTO places VALUES (2)');
  const written = { database: await readFile(path), log: await readFile(`${path}.wal`) };
  connection.closeSync();
  instance.closeSync();
  await rm(folder, { recursive: true });
  return written;
}
