import { describe, expect, it } from 'vitest';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const WORKSPACE = {
  version: 1,
  nodes: [
    { kind: 'source', id: 'numbers', files: ['numbers.csv'], format: 'csv' },
    { kind: 'table', id: 'numbers_table', data: 'numbers' },
  ],
  layout: {
    numbers: { x: 0, y: 0, width: 320, height: 220 },
    numbers_table: { x: 360, y: 0, width: 480, height: 300 },
  },
};

describe('Restricted Mode', () => {
  const pika = usePikaWindow(() => ({
    isTrustOn: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
    files: { 'numbers.csv': 'n\n1\n2\n3\n', 'numbers.pika': JSON.stringify(WORKSPACE, null, 2) },
  }));

  it('draws the canvas and runs nothing', async () => {
    const { workbench } = pika();
    await workbench.openFile('numbers.pika');
    const source = workbench.node({ id: 'numbers' });
    await source.waitFor();
    await workbench.node({ id: 'numbers_table' }).waitFor();
    await workbench.canvas().getByText('Restricted Mode').first().waitFor();
    expect(await source.getAttribute('data-state')).not.toBe('done');
    expect(await source.getAttribute('data-rows')).toBeNull();
    expect(await workbench.canvas().locator('[role="gridcell"]').count()).toBe(0);
  });

  it('runs everything once trust is given', async () => {
    const window = pika();
    const { workbench } = window;
    await workbench.openFile('numbers.pika');
    const source = workbench.node({ id: 'numbers' });
    await source.waitFor();
    await workbench.runCommand('Workspaces: Manage Workspace Trust');
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).first().click();
    await workbench.page.getByText('You trust this folder').first().waitFor();
    await workbench.page.locator('.modal-editor-action-container .codicon-close').first().click();
    await workbench.nodeReaches(source, 'done');
    expect(await source.getAttribute('data-rows')).toBe('3');
    expect((await shownCells(await window.done('table'))).map(({ text }) => text)).toEqual(['1', '2', '3']);
  });
});
