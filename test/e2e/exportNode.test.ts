import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const OLD = 'what was there';
const SOURCE = 'n,m\n1,10\n2,\n';

describe('exporting a node', () => {
  const pika = usePikaWindow(() => ({ files: { 'numbers.csv': SOURCE, 'old.csv': OLD } }));

  async function chooseRow(text: string): Promise<void> {
    await pika().workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
  }

  async function exportTo(name: string): Promise<void> {
    await chooseRow('separated by commas');
    await chooseRow('With a header line');
    await pika().workbench.answerSaveDialog(name);
  }

  async function replaceFromMenu(name: string): Promise<void> {
    const { workbench } = pika();
    const table = workbench.node({ kind: 'table' });
    await table.hover();
    await table.getByRole('button', { name: /^Actions for/ }).click();
    await workbench.canvas().getByRole('menuitem', { name: 'Export…' }).click();
    await exportTo(name);
    await workbench.page.getByText('already exists').first().waitFor();
    await workbench.page.keyboard.press('Enter');
  }

  it('replaces a file from the menu of a table, and refuses to replace its source', async () => {
    const { workbench, folder } = pika();
    await pika().openInPika('numbers.csv');
    await replaceFromMenu('old.csv');
    await workbench.notification('Exported 2 rows of numbers_table to old.csv');
    expect(await readFile(join(folder, 'old.csv'), 'utf8')).toBe(SOURCE);
    await replaceFromMenu('numbers.csv');
    await workbench.notification('numbers.csv is read by this workspace');
    expect(await readFile(join(folder, 'numbers.csv'), 'utf8')).toBe(SOURCE);
  });

  it('leaves no file when it is cancelled', async () => {
    const { workbench, folder } = pika();
    await pika().openInPika('numbers.csv');
    const before = await readdir(folder);
    await workbench.runCommand('Pika: Run Query');
    await workbench.answer('SELECT range AS n, md5(range::VARCHAR) AS text FROM range(200000000)');
    await pika().done('query');
    await workbench.runCommand('Pika: Export Node');
    await chooseRow('query');
    await exportTo('long.csv');
    const isWriting = async () => (await readdir(folder)).some((name) => name.startsWith('.pika-export-'));
    await workbench.until(isWriting);
    const progress = await workbench.notification('Exporting query to long.csv');
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await workbench.until(async () => !(await isWriting()));
    expect((await readdir(folder)).sort()).toEqual(before.sort());
  });
});
