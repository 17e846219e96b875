import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { readerOf, ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const FILE = 'trips.csv';
const ROW_COUNT = 420;
const CITIES = ['Berlin', 'Oslo', 'Rome', 'São Paulo'];

describe('a table that is sorted and filtered', () => {
  const pika = usePikaWindow(() => ({ files: { [FILE]: tripsCsv() } }));
  let duckdb: ReferenceDuckdb;

  beforeAll(async () => {
    duckdb = await ReferenceDuckdb.open();
  });

  it('shows, copies and keeps what DuckDB answers', async () => {
    const window = pika();
    const { workbench } = window;
    await window.openInPika(FILE);
    const rows = `FROM ${readerOf(join(window.folder, FILE))} WHERE city IN ('Oslo', 'Rome')`;
    const expected = await duckdb.texts(`SELECT * ${rows} ORDER BY fare DESC NULLS LAST, id`);
    const table = await window.done('table');
    await activate(table);

    await head(table, 'city').locator('.more').click();
    const menu = workbench.canvas().getByRole('dialog');
    await menu.getByLabel('Oslo').check();
    await menu.getByLabel('Rome').check();
    await menu.getByRole('button', { name: 'Apply filter' }).click();
    await head(table, 'fare').locator('.name').click();
    await head(table, 'fare').locator('.name').click();
    await head(table, 'id')
      .locator('.name')
      .click({ modifiers: ['Shift'] });
    expect(await head(table, 'fare').getAttribute('aria-sort')).toBe('descending');
    await expectRows(table, expected);
    await table.getByText(`${expected.length} of ${ROW_COUNT} rows`).waitFor();

    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await cell(table, 0, 1).click();
    await workbench.page.keyboard.press('Shift+ArrowDown');
    await workbench.page.keyboard.press('Shift+ArrowRight');
    await workbench.page.keyboard.press('Control+C');
    await table.getByText('copied 4 cells').waitFor();
    const copied = expected.slice(0, 2).map((row) => row.slice(1, 3).map((text) => text ?? ''));
    const clipboard = await workbench.page.evaluate(() => navigator.clipboard.readText());
    expect(clipboard).toBe(copied.map((row) => row.join('\t')).join('\n'));

    await head(table, 'city').click({ button: 'right' });
    await workbench.canvas().getByRole('button', { name: 'Hide column' }).click();
    await table.getByRole('button', { name: 'Export view…' }).click();
    await workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'separated by commas' })
      .first()
      .click();
    await workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'With a header line' })
      .first()
      .click();
    await workbench.answerSaveDialog('shown.csv');
    await workbench.notification(`Exported ${expected.length} rows of trips_table to shown.csv`);
    const shown = expected.map(([id, , fare]) => `${id},${fare ?? ''}`);
    expect(await readFile(join(window.folder, 'shown.csv'), 'utf8')).toBe(['id,fare', ...shown, ''].join('\n'));
    await table.getByRole('button', { name: '1 hidden' }).click();

    await table.getByRole('button', { name: 'Keep as query node' }).click();
    const query = await window.done('query');
    expect(Number(await query.getAttribute('data-rows'))).toBe(expected.length);
    await workbench.nodeReaches(table, 'done');
    await expectRows(table, expected);
  });

  it('tells the nulls and the values of a column', async () => {
    const window = pika();
    await window.openInPika(FILE);
    const table = await window.done('table');
    const from = `FROM ${readerOf(join(window.folder, FILE))}`;
    const share = await duckdb.number(`SELECT 100 * avg((fare IS NULL)::INT) ${from}`);
    await head(table, 'fare')
      .getByText(`${share.toFixed(share < 10 ? 1 : 0)} % null`)
      .waitFor();
    await head(table, 'fare').locator('svg rect.bar').first().waitFor();
    await activate(table);
    await head(table, 'city').locator('.more').click();
    const values = window.workbench.canvas().getByRole('dialog').locator('label.value');
    await values.first().waitFor();
    const listed = await values.locator('.count').allTextContents();
    const counted = await duckdb.rows(`SELECT city, count(*)::INT AS n ${from} GROUP BY ALL ORDER BY n DESC, city`);
    expect(listed.map(Number)).toEqual(counted.map((row) => row['n']));
  });
});

/** Fares repeat and some are missing, so that the order of ties and of nulls shows. */
function tripsCsv(): string {
  const lines = Array.from({ length: ROW_COUNT }, (_, id) => {
    const fare = id % 7 === 0 ? '' : String(((id * 37) % 50) + 0.5);
    return `${id},${CITIES[((id * id) % 7) % CITIES.length] ?? ''},${fare}`;
  });
  return ['id,city,fare', ...lines, ''].join('\n');
}

function head(table: Locator, key: string): Locator {
  return table.locator(`[role="columnheader"][data-key="${key}"]`);
}

function cell(table: Locator, row: number, column: number): Locator {
  return table.locator(`[aria-rowindex="${row + 2}"] [aria-colindex="${column + 1}"]`);
}

/** A table takes clicks on its cells once it is the active node. */
async function activate(table: Locator): Promise<void> {
  await table.getByText(/^Table/).click();
}

/** Waits until the rows on screen are the first ones expected; they come in pages. */
async function expectRows(table: Locator, expected: readonly (readonly (string | null)[])[]): Promise<void> {
  await expect
    .poll(async () => (await shownCells(table)).filter(({ row, column, text }) => expected[row]?.[column] !== text))
    .toEqual([]);
  expect((await shownCells(table)).length).toBeGreaterThan(10);
}
