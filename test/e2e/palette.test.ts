import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PikaWindow } from '../support/pikaWindow.ts';
import { shownCells } from '../support/tableCells.ts';

describe('the command palette', () => {
  let window: PikaWindow;

  beforeAll(async () => {
    window = await PikaWindow.open({
      files: { 'numbers.csv': 'n,m\n1,10\n2,20\n3,30\n', 'badNumbers.csv': badNumbers() },
    });
    await window.workbench.ready();
  });
  afterAll(() => window.close());
  afterEach(() => window.discard());

  it('runs a query over no table', async () => {
    await window.workbench.runCommand('Pika: Run Query');
    await window.workbench.answer("SELECT 6 * 7 AS answer, 'x' AS letter");
    const cells = await shownCells(await window.done('table'));
    expect(cells.map(({ text }) => text)).toEqual(['42', 'x']);
  });

  it('runs a query over the active workspace', async () => {
    await window.openInPika('numbers.csv');
    await window.workbench.runCommand('Pika: Run Query');
    await window.workbench.answer('SELECT sum(m) AS total FROM numbers');
    const table = window.workbench.canvas().locator('[data-node-kind="table"]').nth(1);
    await window.workbench.nodeReaches(table, 'done');
    expect((await shownCells(table)).map(({ text }) => text)).toEqual(['60']);
  });

  it('makes a new workspace', async () => {
    await window.workbench.runCommand('Pika: New Workspace');
    await window.workbench.canvas().locator('#app').waitFor();
    expect(await window.workbench.canvas().locator('[data-node-id]').count()).toBe(0);
  });

  it('says what is wrong with a file and repairs it with one click', async () => {
    await window.workbench.chooseInExplorer('badNumbers.csv', 'Open in Pika');
    const source = window.workbench.node({ kind: 'source' });
    await window.workbench.nodeReaches(source, 'failed');
    await source.getByText('30,002').or(source.getByText('30002')).first().waitFor();
    await source.locator('vscode-button').first().click();
    await window.workbench.nodeReaches(source, 'done');
    await window.workbench.nodeReaches(window.workbench.node({ kind: 'table' }), 'done');
  });
});

function badNumbers(): string {
  return `id,value\n${Array.from({ length: 30_000 }, (_, i) => `${i},${i}`).join('\n')}\n30000,oops\n`;
}
