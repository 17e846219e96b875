import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

describe('the command palette', () => {
  const pika = usePikaWindow(() => ({ files: { 'numbers.csv': 'n,m\n1,10\n2,20\n3,30\n' } }));

  it('shows the result of a query in a panel while no workspace is open, and keeps it as a workspace', async () => {
    const window = pika();
    const { workbench } = window;
    await workbench.ready();
    await workbench.runCommand('Pika: Run Query');
    await workbench.page.getByText('Run Query: result in a panel').waitFor();
    await workbench.answer('SELECT range AS n, range * 7 AS m FROM range(40)');
    await workbench.tab('Query Result').waitFor();
    const cells = await shownCells(await window.done('table'));
    expect(cells.slice(0, 4).map(({ text }) => text)).toEqual(['0', '0', '1', '7']);
    await workbench.canvas().getByRole('tab', { name: 'Plot' }).click();
    expect(await window.countedRows()).toBe(40);
    await workbench.canvas().getByRole('tab', { name: 'SQL' }).click();
    const editor = workbench.canvas().locator('.cm-content');
    expect(await editor.innerText()).toBe('SELECT range AS n, range * 7 AS m FROM range(40)');
    await editor.click();
    await workbench.page.keyboard.press('Control+A');
    await workbench.page.keyboard.insertText('SELECT range + 5 AS n, range * 9 AS m FROM range(2)');
    await workbench.page.keyboard.press('Control+Enter');
    await workbench.canvas().getByRole('tab', { name: 'Table' }).click();
    const texts = async () => (await shownCells(await window.done('table'))).map(({ text }) => text);
    await expect.poll(texts).toEqual(['5', '0', '6', '9']);
    await workbench.canvas().getByRole('button', { name: 'Keep as Workspace' }).click();
    await workbench.tab('query.pika').waitFor();
    await workbench.tab('Query Result').waitFor({ state: 'detached' });
    for (const kind of ['query', 'table', 'plot'] as const) await window.done(kind);
    expect(await texts()).toEqual(['5', '0', '6', '9']);
  });

  it('says in the panel of a result what its query failed of, and leads to the place', async () => {
    const { workbench } = pika();
    await pika().runQuery('SELECT n FROM nowhere');
    const table = workbench.node({ kind: 'table' });
    await workbench.nodeReaches(table, 'failed');
    await table.getByRole('button', { name: 'Show query' }).click();
    const query = workbench.node({ kind: 'query' });
    await query.getByText('There is no node, table or file named nowhere.').first().waitFor();
    await expect.poll(() => query.locator('.cm-lintRange-error').allTextContents()).toEqual(['nowhere']);
  });

  it('puts a result into a new workspace instead of the active one when asked to', async () => {
    const window = pika();
    const { workbench } = window;
    await window.openInPika('numbers.csv');
    await workbench.runCommand('Pika: Run Query');
    await workbench.page.getByText('Run Query: result in the active workspace').waitFor();
    // The hover of what lies below the pointer would cover the button.
    await workbench.page.mouse.move(20, 900);
    await workbench.page.getByRole('button', { name: 'Show the result in a new workspace' }).click();
    await workbench.page.getByText('Run Query: result in a new workspace').waitFor();
    await workbench.answer("SELECT 6 * 7 AS answer, 'x' AS letter");
    await workbench.tab('query.pika').waitFor();
    const cells = await shownCells(await window.done('table'));
    expect(cells.map(({ text }) => text)).toEqual(['42', 'x']);
    await workbench.tab('numbers.pika').click();
    await expect.poll(() => workbench.canvas().locator('[data-node-id]').count()).toBe(3);
  });

  it('runs a query over the active workspace', async () => {
    const window = pika();
    await window.openInPika('numbers.csv');
    await window.runQuery('SELECT sum(m) AS total FROM numbers');
    const table = window.workbench.canvas().locator('[data-node-kind="table"]').nth(1);
    await window.workbench.nodeReaches(table, 'done');
    expect((await shownCells(table)).map(({ text }) => text)).toEqual(['60']);
  });

  it('finds an earlier query in the history of the workspace', async () => {
    const window = pika();
    const { workbench } = window;
    const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
    await workbench.runCommand('Pika: Query History');
    await rows.filter({ hasText: 'SELECT sum(m) AS total' }).waitFor();
    await workbench.quickInput.fill('answer');
    await rows.filter({ hasText: 'sum(m)' }).waitFor({ state: 'detached' });
    // The fault of what was typed makes its row higher, which moves the others.
    await rows.filter({ hasText: 'Syntax error' }).waitFor();
    await rows.filter({ hasText: "SELECT 6 * 7 AS answer, 'x' AS letter" }).click();
    expect((await shownCells(await window.done('table'))).map(({ text }) => text)).toEqual(['42', 'x']);
  });

  it('shows the result of a query that is written in an editor as a plot, when asked to', async () => {
    const { workbench } = pika();
    await workbench.runCommand('Pika: Run Query');
    const write = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Write it in an editor' });
    await write.hover();
    await write.getByRole('button', { name: 'Show the result as a plot' }).click();
    await workbench.tab('query.sql').waitFor();
    await workbench.node({ kind: 'plot' }).waitFor();
    expect(await workbench.node({ kind: 'table' }).count()).toBe(0);
  });

  it('plots a column, and tells what every column of a table holds', async () => {
    const window = pika();
    const { workbench } = window;
    const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
    await window.openInPika('numbers.csv');
    await workbench.runCommand('Pika: Plot Column');
    await rows.filter({ has: workbench.page.getByText('m', { exact: true }) }).click();
    await workbench.nodeReaches(workbench.node({ id: 'numbers_plot_2' }), 'done');
    await workbench.runCommand('Pika: Profile Table');
    const profile = workbench.node({ id: 'numbers_profile_table' });
    await workbench.nodeReaches(profile, 'done');
    const names = (await shownCells(profile)).filter(({ column }) => column === 0).map(({ text }) => text);
    expect(names).toEqual(['n', 'm']);
  });

  it('says what draws, and what can be changed, without an open workspace', async () => {
    const { workbench } = pika();
    await workbench.ready();
    await workbench.runCommand('Pika: Check GPU');
    await workbench.canvas().getByRole('heading', { name: 'The CPU draws the plots' }).waitFor();
    const text = await workbench.canvas().locator('main').innerText();
    expect(text).toMatch(/What can be changed[\s\S]*Setting pika\.renderer\s+auto/);
    await workbench.statusBarItem('Pika: CPU').waitFor();
    await workbench.canvas().getByRole('button', { name: 'Copy as Text' }).click();
    await workbench.canvas().getByRole('button', { name: 'Copied' }).waitFor();
  });

  it('copies a node as SQL that DuckDB alone runs', async () => {
    const window = pika();
    const { workbench } = window;
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await window.openInPika('numbers.csv');
    await window.runQuery('SELECT sum(m) AS total FROM numbers');
    await workbench.nodeReaches(workbench.node({ kind: 'query' }), 'done');
    await workbench.runCommand('Pika: Copy Compiled SQL');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'sum(m)' }).click();
    await workbench.statusBarItem('The SQL of query is on the clipboard.').waitFor();
    const sql = await workbench.page.evaluate(() => navigator.clipboard.readText());
    const duckdb = await ReferenceDuckdb.open();
    expect(await duckdb.texts(sql.trim().replace(/;$/, ''))).toEqual([['60']]);
  });

  it('cancels all that runs, and restarts the engine, which is ready for the next query', async () => {
    const window = pika();
    const { workbench } = window;
    await window.openInPika('numbers.csv');
    await window.runQuery(
      'SELECT count(*) AS n FROM range(100000) a, range(100000) b WHERE hash(a.range + b.range) = 42',
    );
    const query = workbench.node({ kind: 'query' });
    await query.and(workbench.canvas().locator('[data-state="running"]')).waitFor();
    await workbench.runCommand('Pika: Cancel All');
    await query.getByText('cancelled').first().waitFor();
    await workbench.runCommand('Pika: Restart Engine');
    await workbench.statusBarItem('Engine ready, starts with the next query').waitFor();
    await window.runQuery('SELECT max(m) AS top FROM numbers');
    const table = workbench.node({ id: 'query_2_table' });
    await workbench.nodeReaches(table, 'done');
    expect((await shownCells(table)).map(({ text }) => text)).toEqual(['30']);
  });

  it('exports diagnostics that name no node and hold no data', async () => {
    const window = pika();
    const { workbench, folder } = window;
    await window.openInPika('numbers.csv');
    await workbench.runCommand('Pika: Export Diagnostics');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Without SQL' }).click();
    await workbench.answerSaveDialog('found.json');
    await workbench.explorerItem('found.json').waitFor();
    await workbench.notification(/^Saved .*found\.json/);
    const text = await readFile(join(folder, 'found.json'), 'utf8');
    const found = JSON.parse(text) as { nodes: { kind: string; rowCount: number | null }[]; engine: object };
    expect(found.nodes.map(({ kind, rowCount }) => [kind, rowCount])).toContainEqual(['source', 3]);
    expect(found.engine).not.toHaveProperty('error');
    expect(text).not.toContain('numbers');
  });

  it('makes a new workspace', async () => {
    const { workbench } = pika();
    await workbench.runCommand('Pika: New Workspace');
    await workbench.canvas().locator('#app > *').first().waitFor();
    expect(await workbench.canvas().locator('[data-node-id]').count()).toBe(0);
  });
});
