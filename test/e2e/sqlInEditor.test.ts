import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';
import type { Workbench } from '../support/workbench.ts';

const TOTAL = 'SELECT sum(m) AS total FROM numbers';
const WORKSPACE = {
  version: 1,
  nodes: [
    { id: 'numbers', kind: 'source', files: ['numbers.csv'], format: 'csv' },
    { id: 'total', kind: 'query', sql: TOTAL },
    { id: 'rows', kind: 'table', data: 'total' },
  ],
  layout: {
    numbers: { x: 0, y: 0, width: 240, height: 160 },
    total: { x: 320, y: 0, width: 360, height: 220 },
    rows: { x: 320, y: 280, width: 360, height: 220 },
  },
};

describe('SQL in a text editor', () => {
  const pika = usePikaWindow(() => ({
    files: { 'numbers.csv': 'n,m\n1,10\n2,20\n3,30\n', 'sums.pika': JSON.stringify(WORKSPACE, null, 2) },
  }));

  it('changes its node when it is saved, completes, and shows faults', async () => {
    const { workbench } = pika();
    await workbench.openFile('sums.pika');
    await workbench.nodeReaches(workbench.node({ id: 'rows' }), 'done');
    await workbench.runCommand('Pika: Open SQL in Editor');
    await workbench.answer('total');
    const lines = workbench.page.locator('.monaco-editor .view-lines').first();
    await shows(workbench, lines, TOTAL);

    await retype(workbench, lines, 'SELECT max(m) AS top FROM numbers');
    await workbench.page.keyboard.press('Control+S');
    await cellReads(workbench, '30');

    await retype(workbench, lines, 'SELECT nonsense FROM numbers');
    await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor();
    await workbench.runCommand('Problems: Focus on Problems View');
    const problem = workbench.page.locator('.markers-panel .monaco-list-row', { hasText: 'nonsense' });
    await problem.waitFor();
    expect(await problem.innerText()).toContain('[Ln 1, Col 8]');
    await retype(workbench, lines, 'SELECT count(*) AS c FROM num');
    await workbench.page.keyboard.press('Control+Space');
    await workbench.page.locator('.suggest-widget .monaco-list-row', { hasText: 'numbers' }).first().click();
    await shows(workbench, lines, 'SELECT count(*) AS c FROM numbers');
    await workbench.page.keyboard.press('Control+S');
    await cellReads(workbench, '3');
    expect(await workbench.tab('total.sql').getAttribute('class')).not.toContain('dirty');
  });

  it('runs a part in a panel by key, and offers the name that was meant as a quick fix', async () => {
    const { workbench, folder } = pika();
    const { page } = workbench;
    await writeFile(join(folder, 'sums.pika'), JSON.stringify(WORKSPACE, null, 2));
    await workbench.openFile('sums.pika');
    await workbench.nodeReaches(workbench.node({ id: 'rows' }), 'done');
    await workbench.runCommand('Pika: Open SQL in Editor');
    await workbench.answer('total');
    const lines = page.locator('.monaco-editor .view-lines').first();
    await retype(workbench, lines, 'SELECT nn FROM numbers');
    await page.locator('.monaco-editor .squiggly-error').first().waitFor();
    for (let letter = 0; letter < 'n FROM numbers'.length; letter++) await page.keyboard.press('ArrowLeft');
    await page.locator('.monaco-editor [class*="lightbulb"]').first().waitFor();
    await workbench.runCommand('Auto Fix...');
    await shows(workbench, lines, 'SELECT n FROM numbers');

    await retype(workbench, lines, 'SELECT 1; SELECT max(m) + 1 AS part FROM numbers');
    await page.keyboard.press('Control+Shift+Enter');
    await workbench.tab('Query Result').waitFor();
    const table = workbench.canvas(1).locator('[data-node-kind="table"]').first();
    await workbench.until(async () => (await shownCells(table)).map((cell) => cell.text).join() === '31');
  });

  it('is one text with the node in every editor of the workspace, and one undo takes a change back everywhere', async () => {
    const { workbench, folder } = pika();
    const { page } = workbench;
    await writeFile(join(folder, 'sums.pika'), JSON.stringify(WORKSPACE, null, 2));
    await workbench.openFile('sums.pika');
    await workbench.nodeReaches(workbench.node({ id: 'rows' }), 'done');
    await workbench.runCommand('View: Split Editor Right');
    const sqlIn = (editor: number) => workbench.canvas(editor).locator('[data-node-id="total"] .cm-content');
    await expect.poll(() => sqlIn(1).innerText()).toBe(TOTAL);
    await workbench.canvas(1).locator('[data-node-id="total"] .body').click();
    await workbench.canvas(1).locator('[data-node-id="total"] .cm-focused').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('SELECT min(m) AS low FROM numbers');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => sqlIn(0).innerText()).toBe('SELECT min(m) AS low FROM numbers');
    await cellReads(workbench, '10');

    await workbench.runCommand('Pika: Open SQL in Editor');
    await workbench.answer('total');
    const lines = page.locator('.monaco-editor .view-lines').first();
    await shows(workbench, lines, 'SELECT min(m) AS low FROM numbers');
    await retype(workbench, lines, 'SELECT max(m) AS top FROM numbers');
    await page.keyboard.press('Control+S');
    await expect.poll(() => sqlIn(0).innerText()).toBe('SELECT max(m) AS top FROM numbers');

    await workbench
      .canvas(0)
      .locator('.vue-flow__pane')
      .click({ position: { x: 20, y: 300 } });
    await page.locator('.editor-group-container').first().and(page.locator('.active')).waitFor();
    for (const expected of ['SELECT min(m) AS low FROM numbers', TOTAL]) {
      await page.keyboard.press('Control+Z');
      await expect.poll(() => sqlIn(0).innerText()).toBe(expected);
    }
    await shows(workbench, lines, TOTAL);
  });

  it('takes a query of several lines from the palette, runs it on its key, and goes on where the result is kept', async () => {
    const { workbench } = pika();
    await workbench.closeAll();
    await workbench.runCommand('Pika: Run Query');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Write it in an editor' }).click();
    const lines = workbench.page.locator('.monaco-editor .view-lines').first();
    await shows(workbench, lines, 'SELECT 42 AS answer');
    await retype(workbench, lines, 'SELECT 6\n  * 8 AS answer');
    await workbench.page.keyboard.press('Control+Enter');
    const table = workbench.node({ kind: 'table' });
    await workbench.until(async () => (await shownCells(table)).map((cell) => cell.text).join() === '48');
    expect(await workbench.tab('query.sql').getAttribute('class')).not.toContain('dirty');
    await workbench.canvas().getByRole('button', { name: 'Keep as Workspace' }).click();
    await workbench.tab('query.pika').waitFor();
    // A workspace takes the focus once it is there.
    for (const kind of ['table', 'plot'] as const) await pika().done(kind);
    await retype(workbench, lines, 'SELECT 7\n  * 7 AS answer');
    await workbench.page.keyboard.press('Control+Enter');
    await workbench.until(async () => (await shownCells(table)).map((cell) => cell.text).join() === '49');
  });
});

async function retype(workbench: Workbench, lines: Locator, text: string): Promise<void> {
  await lines.click();
  await workbench.page.keyboard.press('Control+A');
  await workbench.page.keyboard.insertText(text);
}

async function shows(workbench: Workbench, lines: Locator, text: string): Promise<void> {
  await workbench.until(async () => ((await lines.textContent()) ?? '').replaceAll('\u00a0', ' ') === text);
}

/** Waits until the one cell of the table has a text. */
async function cellReads(workbench: Workbench, text: string): Promise<void> {
  const table = workbench.node({ id: 'rows' });
  await workbench.until(async () => (await shownCells(table)).map((cell) => cell.text).join() === text);
}
