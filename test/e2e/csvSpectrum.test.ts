import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fromRepository } from '../../extension/build/paths.ts';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const SPECTRUM = fromRepository('node_modules', 'csv-spectrum');
const names = (await readdir(join(SPECTRUM, 'csvs'))).map((file) => file.replace(/\.csv$/, ''));

type Row = Record<string, string>;

/** The collection's own answer for this file has a telephone number that its CSV file has not. */
const CORRECTIONS: Readonly<Record<string, Row>> = { location_coordinates: { 'Contact Phone Number': '2095257564' } };

describe('awkward CSV files', () => {
  const pika = usePikaWindow(async () => {
    const read = async (name: string) =>
      [`${name}.csv`, await readFile(join(SPECTRUM, 'csvs', `${name}.csv`))] as const;
    return { files: Object.fromEntries(await Promise.all(names.map(read))) };
  });

  it.each(names)('%s.csv has the values that everyone agrees on', async (name) => {
    const text = await readFile(join(SPECTRUM, 'json', `${name}.json`), 'utf8');
    const expected = [JSON.parse(text) as Row | Row[]].flat();
    const window = pika();
    await window.workbench.chooseInExplorer(`${name}.csv`, 'Open in Pika');
    const table = await window.done('table');
    const rows: Row[] = [];
    await readShown(table, rows);
    // Columns beyond the edge of the table are drawn once they are in view.
    await table.getByRole('grid').evaluate((grid) => (grid.scrollLeft = grid.scrollWidth));
    await expect.poll(() => readShown(table, rows)).toEqual(expected.map((row) => ({ ...row, ...CORRECTIONS[name] })));
  });
});

/** Adds the cells on screen to the rows read so far. */
async function readShown(table: Locator, rows: Row[]): Promise<readonly Row[]> {
  const heads = await table
    .locator('[role="columnheader"]')
    .evaluateAll((all) =>
      all.map(
        (head) => [Number(head.getAttribute('aria-colindex')) - 1, head.querySelector('.name')?.textContent] as const,
      ),
    );
  const names = new Map(heads);
  for (const { row, column, text } of await shownCells(table)) {
    const name = names.get(column);
    if (name !== undefined) (rows[row] ??= {})[name] = text ?? '';
  }
  return rows;
}
