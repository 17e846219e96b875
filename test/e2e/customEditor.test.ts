import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const run = promisify(execFile);

/** The canonical text of the workspace, in which every layout entry is one line. */
const TEXT = `{
  "version": 1,
  "run": "on-request",
  "nodes": [
    { "id": "numbers", "kind": "source", "files": ["numbers.csv"] },
    { "id": "remark", "kind": "note", "text": ["Plain."] }
  ],
  "layout": {
    "numbers": { "x": 0, "y": 0, "width": 280, "height": 200 },
    "remark": { "x": 320, "y": 0, "width": 280, "height": 200 }
  }
}
`;

describe('the editor of workspaces', () => {
  const pika = usePikaWindow(() => ({
    // VS Code in a browser saves by itself unless it is told not to.
    settings: { 'files.autoSave': 'off' },
    files: { 'numbers.csv': 'a,b\n1,2\n3,4\n', 'first.pika': TEXT, 'second.pika': TEXT },
  }));

  const workbench = () => pika().workbench;
  const node = (id: string): Locator => workbench().node({ id });
  const path = (name: string) => join(pika().folder, name);
  const dirtyTab = (name: string) => workbench().page.locator('.tab.dirty', { hasText: name });

  async function open(name: string): Promise<void> {
    await workbench().openFile(name);
    await workbench().tab(name).waitFor();
    await node('remark').waitFor();
  }

  async function addNote(): Promise<void> {
    await node('remark').locator('header').click();
    await workbench().page.keyboard.press('Control+D');
  }

  it('is dirty with a change, one undo step per drag, clean when saved, and itself again when reverted', async () => {
    const { page } = workbench();
    await open('first.pika');
    expect(await dirtyTab('first.pika').count()).toBe(0);
    const box = await node('remark').locator('header').boundingBox();
    if (!box) throw new Error('is not on screen');
    await page.mouse.move(box.x + 40, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 160, { steps: 12 });
    await page.mouse.up();
    await dirtyTab('first.pika').waitFor();
    await page.keyboard.press('Control+Z');
    await dirtyTab('first.pika').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+Z');
    await dirtyTab('first.pika').waitFor();
    await page.keyboard.press('Control+S');
    await dirtyTab('first.pika').waitFor({ state: 'detached' });
    const saved = (await readFile(path('first.pika'), 'utf8')).split('\n');
    expect(saved.filter((line, index) => line !== TEXT.split('\n')[index])).toEqual([
      expect.stringMatching(/^ {4}"remark": \{ "x": \d+, "y": \d+, "width": 280, "height": 200 \}$/),
    ]);
    await addNote();
    await node('remark_2').waitFor();
    await workbench().runCommand('File: Revert File');
    await node('remark_2').waitFor({ state: 'detached' });
    await dirtyTab('first.pika').waitFor({ state: 'detached' });
  });

  it('follows the file on the disk while it is clean, and asks about a conflict when it is not', async () => {
    await writeFile(path('first.pika'), TEXT);
    await open('first.pika');
    await writeFile(path('first.pika'), TEXT.replaceAll('remark', 'outside'));
    await node('outside').waitFor();
    expect(await dirtyTab('first.pika').count()).toBe(0);
    await node('outside').locator('header').click();
    await workbench().page.keyboard.press('Control+D');
    await dirtyTab('first.pika').waitFor();
    await writeFile(path('first.pika'), TEXT.replaceAll('remark', 'others'));
    await workbench().page.keyboard.press('Control+S');
    await workbench().notification('The content of the file is newer');
    expect(await readFile(path('first.pika'), 'utf8')).toContain('others');
    await workbench().runCommand('File: Revert File');
    await node('others').waitFor();
  });

  it('shows two editors of one workspace the same, text and canvas in turn, and several workspaces side by side', async () => {
    const { page } = workbench();
    await writeFile(path('first.pika'), TEXT);
    await open('first.pika');
    await workbench().runCommand('View: Split Editor Right');
    const notes = () => Promise.all(canvases().map((canvas) => canvas.locator('[data-node-kind="note"]').count()));
    const canvases = () => [0, 1].map((index) => frameOf(index));
    const frameOf = (index: number) =>
      page.locator('iframe.webview.ready >> visible=true').nth(index).contentFrame().frameLocator('#active-frame');
    await workbench().until(async () => (await notes()).join() === '1,1');
    await frameOf(1).locator('[data-node-id="remark"] header').click();
    await page.keyboard.press('Control+D');
    await workbench().until(async () => (await notes()).join() === '2,2');
    await page.keyboard.press('Control+Z');
    await workbench().until(async () => (await notes()).join() === '1,1');

    await workbench().runCommand('View: Close Editor');
    await workbench().until(async () => (await page.locator('.tab').count()) === 1);
    await workbench().runCommand('View: Toggle Editor Type');
    const text = page.locator('.monaco-editor .view-lines').first();
    await text.getByText('"on-request"').waitFor();
    await workbench().runCommand('View: Toggle Editor Type');
    await node('remark').waitFor();

    await open('second.pika');
    await addNote();
    await dirtyTab('second.pika').waitFor();
    expect(await dirtyTab('first.pika').count()).toBe(0);
    expect(await workbench().tab('first.pika').locator('.monaco-icon-label').getAttribute('class')).toContain('pika');
  });

  it('keeps what was not saved over a restart of the window, of a file and of a new workspace', async () => {
    const { page } = workbench();
    // VS Code holds a window back until it has written down what is not saved.
    page.on('dialog', (dialog) => void dialog.dismiss());
    await writeFile(path('second.pika'), TEXT);
    await open('second.pika');
    await addNote();
    await dirtyTab('second.pika').waitFor();
    await workbench().runCommand('Create: New File...');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Pika Workspace' }).click();
    await dirtyTab('workspace.pika').waitFor();
    await workbench().canvas().getByRole('button', { name: 'Write a Query' }).click();
    await workbench().node({ kind: 'query' }).waitFor();
    const isReloaded = () =>
      page.reload({ timeout: 4000, waitUntil: 'commit' }).then(
        () => true,
        () => false,
      );
    await workbench().until(isReloaded);
    await workbench().ready();
    // Which of them is in front VS Code remembers a moment later than what is not saved.
    await dirtyTab('workspace.pika').click();
    await workbench().node({ kind: 'query' }).waitFor();
    await dirtyTab('second.pika').click();
    await node('remark_2').waitFor();
    expect(await readFile(path('second.pika'), 'utf8')).toBe(TEXT);
  });

  it('draws what is intact of a damaged workspace, says where the fault is, and changes neither it nor a newer one', async () => {
    const { page } = workbench();
    const damaged = TEXT.replace('"kind": "source"', '"kind": source');
    await writeFile(path('first.pika'), damaged);
    await open('first.pika');
    await workbench().canvas().getByText('line 5').first().waitFor();
    await addNote();
    await workbench().canvas().getByRole('button', { name: 'Open as Text' }).click();
    await page.locator('.monaco-editor .view-lines').first().getByText('"on-request"').waitFor();
    await writeFile(path('second.pika'), TEXT.replace('"version": 1', '"version": 99'));
    await open('second.pika');
    await workbench().canvas().getByText('newer version of Pika').waitFor();
    await addNote();
    expect(await workbench().page.locator('.tab.dirty').count()).toBe(0);
    expect(await readFile(path('first.pika'), 'utf8')).toBe(damaged);
  });

  it('completes, explains and checks its text with the schema, and is text in Source Control', async () => {
    const { page } = workbench();
    await writeFile(path('second.pika'), TEXT.replace('"on-request"', '"sometimes"'));
    await workbench().runCommand('View: Close All Editors');
    await workbench().openFile('second.pika');
    await node('remark').waitFor();
    await workbench().runCommand('View: Toggle Editor Type');
    await page.locator('.monaco-editor .squiggly-warning').first().waitFor();
    await page.locator('.monaco-editor .view-lines').getByText('"run"').hover();
    await page.locator('.monaco-hover').getByText('When nodes run').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.monaco-editor .view-lines').getByText('"sometimes"').dblclick();
    await page.keyboard.press('Delete');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget .monaco-list-row', { hasText: 'on-request' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await workbench().runCommand('File: Revert File');

    await writeFile(path('second.pika'), TEXT);
    await git('init', '-q');
    await git('add', '.');
    await git('-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'first');
    await writeFile(path('second.pika'), TEXT.replace('Plain.', 'Changed.'));
    await workbench().until(async () => {
      await workbench().runCommand('Git: Open Changes');
      return page.locator('.monaco-diff-editor').isVisible();
    });
    await page.locator('.monaco-diff-editor .modified').getByText('Changed.').first().waitFor();
  });

  async function git(...parameters: readonly string[]): Promise<void> {
    await run('git', parameters, { cwd: pika().folder });
  }
});
