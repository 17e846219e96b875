import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const ROWS = 500_000;
/** Large enough to be imported. */
const LARGE = `i,text\n${Array.from({ length: ROWS }, (_, i) => `${i},some text of row ${i}\n`).join('')}`;

describe('windows on one folder', () => {
  const pika = usePikaWindow(() => ({ files: { 'rows.csv': LARGE, 'small.csv': 'n\n1\n2\n' } }));

  async function imports(): Promise<readonly string[]> {
    return (await readdir(join(pika().storage, 'cache'))).filter((name) => name.endsWith('.duckdb'));
  }

  it('import one file at once into one copy, which one of them cannot take from the other', async () => {
    const first = pika();
    const second = await first.openAnother();
    await Promise.all([first, second].map((window) => window.openInPika('rows.csv')));
    const counts = [first, second].map(async (window) => (await window.done('source')).getAttribute('data-rows'));
    expect(await Promise.all(counts)).toEqual([String(ROWS), String(ROWS)]);
    expect((await imports()).length).toBe(1);
    await first.workbench.closeAll();
    await first.workbench.runCommand('Pika: Clear Cache');
    await first.workbench.notification('the cache');
    const { workbench } = second;
    const sql = 'SELECT sum(i)::BIGINT AS total FROM rows';
    await workbench.runCommand('Pika: Run Query');
    await workbench.page.getByPlaceholder(/^A SELECT/).fill(sql);
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: `Run ${sql}` }).waitFor();
    await workbench.answer(sql);
    const table = workbench.node({ id: 'query_table' });
    await workbench.nodeReaches(table, 'done');
    expect((await shownCells(table)).map(({ text }) => text)).toEqual([String((ROWS * (ROWS - 1)) / 2)]);
    await second.close();
  });

  it('mark what they show as stale when its file changes, and show the new rows on request', async () => {
    const window = pika();
    await window.openInPika('small.csv');
    const source = await window.done('source');
    await writeFile(join(window.folder, 'small.csv'), 'n\n5\n6\n7\n');
    await source.and(window.workbench.canvas().locator('[data-state="stale"]')).waitFor();
    await source.getByRole('button', { name: 'Run small' }).click();
    await window.workbench.nodeReaches(source, 'done');
    expect(await source.getAttribute('data-rows')).toBe('3');
    const shown = async () => (await shownCells(await window.done('table'))).map(({ text }) => text);
    await expect.poll(shown, { timeout: 60_000 }).toEqual(['5', '6', '7']);
  });
});
