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

  it('makes a new workspace', async () => {
    const { workbench } = pika();
    await workbench.runCommand('Pika: New Workspace');
    await workbench.canvas().locator('#app > *').first().waitFor();
    expect(await workbench.canvas().locator('[data-node-id]').count()).toBe(0);
  });
});
