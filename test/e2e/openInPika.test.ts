import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { DATASETS } from '../../extension/build/sampleData.ts';
import { plotInText } from '../support/documentText.ts';
import { readerOf, ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

/** Some titles are numbers, so DuckDB has all of them as JSON; to Pika they are texts. */
const EXPECTED_COLUMNS: Readonly<Record<string, string>> = { 'movies.jsonl': `* REPLACE ("Title" ->> '$' AS "Title")` };
const DUCKDB_FILES = ['seattle-weather.csv', 'unemployment.tsv', 'cars.json', 'movies.jsonl', 'flights-3m.parquet'];
const ARROW_FILE = 'flights-200k.arrow';
const FEWEST_CELLS = 10;

describe('Open in Pika', () => {
  const pika = usePikaWindow(async () => ({ files: await dataFiles() }));
  let duckdb: ReferenceDuckdb;

  beforeAll(async () => {
    duckdb = await ReferenceDuckdb.open();
  });

  it.each(DUCKDB_FILES)('shows the rows of %s and a plot that counts them', async (name) => {
    const window = pika();
    await window.openInPika(name);
    await expectDuckdbCells(name);
    await window.expectDrawn('cpu');
    const counted = await window.countedRows();
    const saved = await window.save();
    const { mark, fields } = plotInText(await readFile(saved, 'utf8'));
    const drawable = await duckdb.drawableCount(join(window.folder, name), fields);
    if (mark === 'line') expect(counted).toBeLessThanOrEqual(drawable);
    else expect(counted).toBe(drawable);
    expect(counted).toBeGreaterThan(0);
  });

  it('shows the rows of an Arrow file and a plot that counts them', async () => {
    const window = pika();
    await window.openInPika(ARROW_FILE);
    const table = tableFromIPC(await readFile(join(window.folder, ARROW_FILE)));
    const source = await window.done('source');
    expect(Number(await source.getAttribute('data-rows'))).toBe(table.numRows);
    for (const { row, column, text } of await shownCells(await window.done('table'))) {
      expect(Number(text)).toBe(Number(table.getChildAt(column)?.get(row)));
    }
    await window.expectDrawn('cpu');
    expect(await window.countedRows()).toBe(table.numRows);
  });

  async function expectDuckdbCells(name: string): Promise<void> {
    const window = pika();
    const sql = `SELECT ${EXPECTED_COLUMNS[name] ?? '*'} FROM ${readerOf(join(window.folder, name))}`;
    const source = await window.done('source');
    expect(Number(await source.getAttribute('data-rows'))).toBe(await duckdb.number(`SELECT count(*) FROM (${sql})`));
    const cells = await shownCells(await window.done('table'));
    expect(cells.length).toBeGreaterThan(FEWEST_CELLS);
    const expected = await duckdb.texts(`${sql} LIMIT ${Math.max(...cells.map(({ row }) => row)) + 1}`);
    for (const { row, column, text } of cells)
      expect([row, column, text]).toEqual([row, column, expected[row]?.[column]]);
  }
});

async function dataFiles(): Promise<Record<string, Uint8Array | string>> {
  const names = [...DUCKDB_FILES, ARROW_FILE].filter((name) => extname(name) !== '.jsonl');
  const files = await Promise.all(names.map(async (name) => [name, await readFile(join(DATASETS, name))] as const));
  const movies = JSON.parse(await readFile(join(DATASETS, 'movies.json'), 'utf8')) as unknown[];
  return { ...Object.fromEntries(files), 'movies.jsonl': movies.map((movie) => `${JSON.stringify(movie)}\n`).join('') };
}
