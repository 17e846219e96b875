import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

describe('SQL in its node', () => {
  const pika = usePikaWindow(() => ({
    files: { 'trips.csv': TRIPS, [WORKSPACE]: JSON.stringify(DOCUMENT, null, 2) },
  }));

  /** Opens the workspace with the cursor in its query. */
  async function open(): Promise<void> {
    const { workbench, folder } = pika();
    await writeFile(join(folder, WORKSPACE), JSON.stringify(DOCUMENT, null, 2));
    await workbench.explorerItem(WORKSPACE).dblclick();
    await workbench.nodeReaches(workbench.node({ id: 'rows' }), 'done');
    const query = workbench.node({ id: 'dear' });
    await query.locator('.body').click();
    await query.locator('.cm-focused').waitFor();
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
    await workbench.canvas().getByRole('button', { name: 'Show details' }).click();
    const parameters = workbench.canvas().getByLabel('Parameters');
    const value = parameters.locator('vscode-text-field input');
    await value.fill('cheap');
    await value.press('Enter');
    await parameters.getByRole('alert').waitFor();
    await value.fill('35');
    await value.press('Enter');
    await rowsRead(['Oslo', '40']);
  });

  it('draws the plan of a query with times', async () => {
    const { workbench } = pika();
    await open();
    await workbench.canvas().getByRole('button', { name: 'Show details' }).click();
    const plan = workbench.canvas().getByRole('region', { name: 'Plan' });
    await plan.getByText('Explain', { exact: true }).click();
    await plan.getByRole('tree', { name: /^Plan, [\d.]+ / }).waitFor();
    const operators = plan.getByRole('treeitem');
    expect((await operators.locator('.name').allTextContents()).join()).toMatch(/order by.*(filter|scan)/);
    for (const time of await operators.locator('.time').allTextContents()) expect(time).toMatch(/^[<\d].* ?(µs|ms|s)$/);
    expect(await operators.last().innerText()).toMatch(/\d rows/);
  });
});
