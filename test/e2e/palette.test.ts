import { describe, expect, it } from 'vitest';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

describe('the command palette', () => {
  const pika = usePikaWindow(() => ({ files: { 'numbers.csv': 'n,m\n1,10\n2,20\n3,30\n' } }));

  it('runs a query over no table', async () => {
    const window = pika();
    await window.workbench.ready();
    await window.workbench.runCommand('Pika: Run Query');
    await window.workbench.answer("SELECT 6 * 7 AS answer, 'x' AS letter");
    const cells = await shownCells(await window.done('table'));
    expect(cells.map(({ text }) => text)).toEqual(['42', 'x']);
  });

  it('runs a query over the active workspace', async () => {
    const window = pika();
    await window.openInPika('numbers.csv');
    await window.workbench.runCommand('Pika: Run Query');
    await window.workbench.answer('SELECT sum(m) AS total FROM numbers');
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

  it('makes a new workspace', async () => {
    const { workbench } = pika();
    await workbench.runCommand('Pika: New Workspace');
    await workbench.canvas().locator('#app > *').first().waitFor();
    expect(await workbench.canvas().locator('[data-node-id]').count()).toBe(0);
  });
});
