import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const WORKSPACE = 'trips.pika';
const SQL = 'SELECT city, fare FROM trips WHERE fare >= $least ORDER BY fare';
const DOCUMENT = {
  version: 1,
  nodes: [
    { id: 'trips', kind: 'source', files: ['trips.csv'], format: 'csv' },
    { id: 'dear', kind: 'query', sql: SQL, parameters: { least: { type: 'number', value: '20' } } },
    { id: 'rows', kind: 'table', data: 'dear' },
  ],
  layout: {
    trips: { x: 0, y: 0, width: 240, height: 160 },
    dear: { x: 280, y: 0, width: 520, height: 260 },
    rows: { x: 280, y: 300, width: 420, height: 260 },
  },
};
const TRIPS = 'city,fare\nOslo,10\nRome,20\nRome,30\nOslo,40\n';

/** A text with its cursor, what is chosen there, and what the text is then. */
const COMPLETIONS: readonly (readonly [text: string, label: string, expected: string])[] = [
  ['SELECT t.| FROM trips AS t', 'city', 'SELECT t.city FROM trips AS t'],
  [
    'WITH c AS (SELECT fare AS price FROM trips) SELECT pr| FROM c',
    'price',
    'WITH c AS (SELECT fare AS price FROM trips) SELECT price FROM c',
  ],
  ['FROM trips SELECT ci|', 'city', 'FROM trips SELECT city'],
  ['SELECT city FROM trips QUAL|', 'QUALIFY', 'SELECT city FROM trips QUALIFY '],
  ['SELECT city FROM trips GROUP|', 'GROUP BY ALL', 'SELECT city FROM trips GROUP BY ALL '],
  ['SELECT * FROM tri|', 'trips', 'SELECT * FROM trips'],
  ["SELECT * FROM 'tri|'", 'trips.csv', "SELECT * FROM 'trips.csv'"],
];

describe('SQL in its node', () => {
  const pika = usePikaWindow(() => ({
    files: { 'trips.csv': TRIPS, [WORKSPACE]: JSON.stringify(DOCUMENT, null, 2) },
  }));

  /** Opens the workspace with the cursor in its query. */
  async function open(): Promise<{ query: Locator; editor: Locator }> {
    const { workbench, folder } = pika();
    await writeFile(join(folder, WORKSPACE), JSON.stringify(DOCUMENT, null, 2));
    await workbench.openFile(WORKSPACE);
    await workbench.nodeReaches(workbench.node({ id: 'rows' }), 'done');
    const query = workbench.node({ id: 'dear' });
    await query.locator('.body').click();
    await query.locator('.cm-focused').waitFor();
    return { query, editor: query.locator('.cm-content') };
  }

  async function retype(text: string): Promise<void> {
    const { keyboard } = pika().workbench.page;
    await keyboard.press('Control+A');
    await keyboard.insertText(text);
  }

  /** Waits until the table beside the query shows these cells, row by row. */
  async function rowsRead(expected: readonly (string | null)[]): Promise<void> {
    const table = pika().workbench.node({ id: 'rows' });
    await expect.poll(async () => (await shownCells(table)).map(({ text }) => text)).toEqual(expected);
  }

  it('has typed parameters, whose values the query runs with', async () => {
    const { workbench } = pika();
    await open();
    await rowsRead(['Rome', '20', 'Rome', '30', 'Oslo', '40']);
    await workbench.canvas().getByRole('button', { name: 'Show Details' }).click();
    const parameters = workbench.canvas().getByLabel('Parameters');
    const value = parameters.locator('vscode-text-field input');
    await value.fill('cheap');
    await value.press('Enter');
    await parameters.getByRole('alert').waitFor();
    await value.fill('35');
    await value.press('Enter');
    await rowsRead(['Oslo', '40']);
  });

  it('runs the selection or the statement at the cursor, formats, and cancels', async () => {
    const { workbench } = pika();
    const { keyboard } = workbench.page;
    const { query, editor } = await open();
    await retype('SELECT 1 AS one; SELECT 6 * 7 AS two');
    await keyboard.press('Control+Shift+Enter');
    const part = query.getByLabel('Result of the selection');
    await expect.poll(async () => (await shownCells(part)).map(({ text }) => text)).toEqual(['42']);
    await query.locator('.cm-content').click();
    await retype('SELECT 6 * 7');
    await keyboard.press('End');
    for (let letter = 0; letter < '6 * 7'.length; letter++) await keyboard.press('Shift+ArrowLeft');
    await keyboard.press('Control+Shift+Enter');
    await part.getByRole('alert').waitFor();
    await part.getByRole('button', { name: 'Close Result of Selection' }).click();

    await retype('select city,count(*) as n from trips group by all');
    await keyboard.press('Shift+Alt+F');
    await expect
      .poll(() => editor.locator('.cm-line').allTextContents())
      .toEqual(['select', '  city,', '  count(*) as n', 'from', '  trips', 'group by all']);

    await retype('SELECT count(*) AS n FROM range(40000000) a, range(100000) b WHERE (a.range * b.range) % 7 = 3');
    await keyboard.press('Control+Enter');
    await query.and(workbench.canvas().locator('[data-state="running"]')).waitFor();
    await query.locator('.cm-content').click();
    await keyboard.press('Escape');
    await workbench.canvas().locator('[data-node-id="dear"]:not([data-state="running"])').waitFor();
    await query.getByText('cancelled', { exact: false }).first().waitFor();
  });

  it('draws the plan of a query with times', async () => {
    const { workbench } = pika();
    await open();
    await workbench.canvas().getByRole('button', { name: 'Show Details' }).click();
    const plan = workbench.canvas().getByRole('region', { name: 'Plan' });
    await plan.getByText('Explain', { exact: true }).click();
    await plan.getByRole('tree', { name: /^Plan, [\d.]+ / }).waitFor();
    const operators = plan.getByRole('treeitem');
    expect((await operators.locator('.name').allTextContents()).join()).toMatch(/order by.*(filter|scan)/);
    for (const time of await operators.locator('.time').allTextContents()) expect(time).toMatch(/^[<\d].* ?(µs|ms|s)$/);
    expect(await operators.last().innerText()).toMatch(/\d rows/);
  });

  it('underlines a fault just where it is while typing, with its message and a repair', async () => {
    const { workbench } = pika();
    const { editor } = await open();
    await retype('SELECT city, far FROM trips');
    const fault = editor.locator('.cm-lintRange-error');
    await expect.poll(() => fault.allTextContents()).toEqual(['far']);
    await fault.hover();
    await workbench.canvas().getByRole('button', { name: 'Use fare' }).click();
    await expect.poll(() => editor.innerText()).toBe('SELECT city, fare FROM trips');
    await expect.poll(() => fault.count()).toBe(0);
    await retype('SELECT city AS x FRM trips');
    await expect.poll(() => fault.allTextContents()).toEqual(['FRM']);
  });

  it('completes columns, nodes, files, keywords and functions', async () => {
    const { workbench } = pika();
    const { keyboard } = workbench.page;
    const { editor } = await open();
    const options = workbench.canvas().locator('.cm-tooltip-autocomplete li');
    for (const [text, label, expected] of COMPLETIONS) {
      await retype(text.replace('|', ''));
      await keyboard.press('Control+End');
      for (let letter = text.length - 1; letter > text.indexOf('|'); letter--) await keyboard.press('ArrowLeft');
      await keyboard.press('Control+Space');
      await options
        .filter({ has: workbench.canvas().getByText(label, { exact: true }) })
        .first()
        .click();
      await expect.poll(() => editor.innerText()).toBe(expected);
    }
    await retype('SELECT date_tr');
    await keyboard.press('Control+Space');
    const call = options.filter({ hasText: 'date_trunc' }).first();
    await call.waitFor();
    expect(await call.innerText()).toContain('(part, timestamp) → TIMESTAMP');
  });
});
