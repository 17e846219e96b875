import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { shownCells } from '../support/tableCells.ts';
import { activateTable, columnHead } from '../support/tableNode.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const WORKSPACE = 'trips.pika';
const LARGE = 'large.parquet';
const LARGE_ROWS = 4_000_000;
/** Its exact profile takes seconds: there are nearly as many different texts as rows. */
const LARGE_SQL = `SELECT range AS n, md5((range // 2 * 2 + range % 3 // 2)::VARCHAR) AS text FROM range(${LARGE_ROWS})`;
const WITH_FARE = 'SELECT city, fare FROM trips';
const DOCUMENT = {
  version: 1,
  nodes: [
    { id: 'trips', kind: 'source', files: ['trips.csv'], format: 'csv' },
    { id: 'chosen', kind: 'query', sql: WITH_FARE },
    { id: 'rows', kind: 'table', data: 'chosen' },
  ],
  layout: {
    trips: { x: 0, y: 0, width: 240, height: 160 },
    chosen: { x: 280, y: 0, width: 520, height: 200 },
    rows: { x: 280, y: 240, width: 520, height: 300 },
  },
};

describe('the columns of a table', () => {
  let duckdb: ReferenceDuckdb;
  beforeAll(async () => {
    duckdb = await ReferenceDuckdb.open();
  });
  const pika = usePikaWindow(async () => ({
    files: {
      'trips.csv': 'city,fare\nOslo,10\nRome,20\nRome,30\nOslo,40\n',
      [WORKSPACE]: JSON.stringify(DOCUMENT, null, 2),
      [LARGE]: await duckdb.parquet(LARGE_SQL),
    },
  }));

  async function runQuery(query: Locator, sql: string): Promise<void> {
    const { keyboard } = pika().workbench.page;
    await query.locator('.body').click();
    await query.locator('.cm-focused').waitFor();
    await keyboard.press('Control+A');
    await keyboard.insertText(sql);
    await keyboard.press('Control+Enter');
  }

  it('may vanish: a filter on one says that it does nothing, and holds again with it', async () => {
    const { workbench } = pika();
    await workbench.openFile(WORKSPACE);
    const [query, table] = [workbench.node({ id: 'chosen' }), workbench.node({ id: 'rows' })];
    await workbench.nodeReaches(table, 'done');
    const texts = async () => (await shownCells(table)).map(({ text }) => text);
    await activateTable(table);
    await columnHead(table, 'fare').locator('.more').click();
    const menu = workbench.canvas().getByRole('dialog');
    await menu.getByLabel('Condition').selectOption({ label: 'at least' });
    await menu.getByLabel('Value', { exact: true }).fill('25');
    await menu.getByRole('button', { name: 'Apply Filter' }).click();
    await expect.poll(texts).toEqual(['Rome', '30', 'Oslo', '40']);
    await runQuery(query, 'SELECT city FROM trips');
    await expect.poll(texts).toEqual(['Oslo', 'Rome', 'Rome', 'Oslo']);
    const chip = table.locator('.view-chip.lost');
    const sentence = 'fare is no longer a column of this table, so this filter does nothing.';
    expect(await chip.locator('.text').textContent()).toBe(sentence);
    await runQuery(query, WITH_FARE);
    await expect.poll(texts).toEqual(['Rome', '30', 'Oslo', '40']);
    expect(await chip.count()).toBe(0);
  });

  it('are profiled from a sample first and exactly then, and rows that are asked for meanwhile come first', async () => {
    const { workbench } = pika();
    await pika().openInPika(LARGE);
    const table = await pika().done('table');
    await workbench.canvas().getByRole('button', { name: 'Show Details' }).click();
    await activateTable(table);
    await columnHead(table, 'text').locator('.type').click();
    const profile = workbench.canvas().getByLabel('Column profile');
    await profile.getByText('of a sample').waitFor();
    await table.getByRole('grid').focus();
    await workbench.page.keyboard.press('Control+G');
    await table.getByLabel('Go to row').fill(String(LARGE_ROWS / 2));
    await workbench.page.keyboard.press('Enter');
    await table.locator('.body .cell.cursor', { hasText: String(LARGE_ROWS / 2 - 1) }).waitFor();
    expect(await profile.getByText('of a sample').count()).toBe(1);
    await workbench.page.keyboard.press('Control+A');
    await workbench.page.keyboard.press('Control+C');
    await workbench
      .canvas()
      .getByText('8,000,000 cells are too many for the clipboard, which takes 1,000,000.')
      .waitFor();
    await profile.getByText('exact', { exact: true }).waitFor({ timeout: 120_000 });
    const distinct = await duckdb.number(`SELECT count(DISTINCT text) FROM '${join(pika().folder, LARGE)}'`);
    await profile.getByText(distinct.toLocaleString('en-US')).first().waitFor();
  });
});
