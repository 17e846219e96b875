import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { enginesIn, parentOf } from '../support/engineProcesses.ts';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const LINES = 'n,half,text\n';
const BLOCK = '1,0.5,text that repeats\n'.repeat(1_000_000);
/** Takes seconds to import, and its size tells how far the import is. */
const LARGE = `${LINES}${BLOCK.repeat(12)}`;
/** Small on the disk, and takes minutes to import. */
const PARTS = 300;
const LONG = { timeout: 60_000 };
const SMALL_LIMITS = { 'pika.engine.memoryLimit': 256, 'pika.engine.maxSpillSize': 64 };

describe.runIf(process.platform === 'linux')('the engine of a window', () => {
  const pika = usePikaWindow(() => {
    const part = gzipSync(BLOCK);
    const endless = Buffer.concat([gzipSync(LINES), ...Array.from({ length: PARTS }, () => part)]);
    return {
      settings: SMALL_LIMITS,
      files: { 'numbers.csv': 'n\n1\n2\n3\n', 'large.csv': LARGE, 'endless.csv.gz': endless },
    };
  });

  async function startEndlessImport(): Promise<Locator> {
    const { workbench } = pika();
    await workbench.chooseInExplorer('endless.csv.gz', 'Open in Pika');
    const source = workbench.node({ kind: 'source' });
    await source.getByText('importing').first().waitFor(LONG);
    await workbench.until(async () => (await unfinishedImports()).length > 0);
    return source;
  }

  async function unfinishedImports(): Promise<readonly string[]> {
    const names = await readdir(join(pika().storage, 'cache')).catch(() => []);
    return names.filter((name) => name.includes('.tmp-'));
  }

  async function expectAnswer(sql: string, answer: string): Promise<void> {
    await pika().runQuery(sql);
    const { workbench } = pika();
    const table = workbench.node({ id: 'query_table' });
    await workbench.nodeReaches(table, 'done');
    expect((await shownCells(table)).map(({ text }) => text)).toEqual([answer]);
  }

  function killEngines(signal: NodeJS.Signals): void {
    for (const pid of enginesIn(pika().folder)) process.kill(pid, signal);
  }

  it('shows how far an import is on its node and in the status bar', async () => {
    const { workbench } = pika();
    await workbench.chooseInExplorer('large.csv', 'Open in Pika');
    const onNode = workbench.node({ kind: 'source' }).getByText(/importing \d+ ?%/);
    const inStatusBar = workbench.page.locator('.statusbar-item', { hasText: /large \d+ %/ });
    await Promise.all([onNode.first().waitFor(), inStatusBar.first().waitFor()]);
    const source = await pika().done('source');
    expect(await source.getAttribute('data-rows')).toBe('12000000');
  });

  it('lets an import be cancelled by its notification, which leaves nothing behind', async () => {
    const { workbench } = pika();
    const source = await startEndlessImport();
    const notification = await workbench.notification('Importing endless');
    await notification.hover();
    await notification.getByRole('button', { name: 'Cancel' }).click();
    await source.getByText('cancelled').first().waitFor();
    await workbench.until(async () => (await unfinishedImports()).length === 0);
  });

  it('may be killed during an import: it runs again with the next try, until Escape', async () => {
    const { workbench, folder } = pika();
    const source = await startEndlessImport();
    const killed = enginesIn(folder);
    killEngines('SIGKILL');
    // A table that asks for rows at that moment makes its source run again by itself.
    const isAnother = () => enginesIn(folder).some((pid) => !killed.includes(pid));
    await workbench.until(async () => isAnother() || (await source.getAttribute('data-state')) === 'failed');
    if (!isAnother()) {
      await source.getByText('ended unexpectedly').first().waitFor();
      await source.getByRole('button', { name: 'Retry' }).click();
    }
    await workbench.until(() => Promise.resolve(isAnother()));
    await workbench.until(async () => {
      await source.press('Escape');
      return source.getByText('cancelled').first().isVisible();
    });
    await workbench.until(async () => (await unfinishedImports()).length === 0);
  });

  it('may abort while it is idle: the next query does not notice', async () => {
    const window = pika();
    await window.openInPika('numbers.csv');
    killEngines('SIGABRT');
    await window.workbench.until(() => Promise.resolve(enginesIn(window.folder).length === 0));
    await expectAnswer('SELECT sum(n) AS total FROM numbers', '6');
  });

  it('refuses a query that needs more memory than it may use, and answers the next one', async () => {
    const { workbench } = pika();
    await pika().openInPika('numbers.csv');
    await pika().runQuery(
      'SELECT count(*) FROM (SELECT DISTINCT hash(range), md5(range::VARCHAR) FROM range(100000000))',
    );
    const query = workbench.node({ kind: 'query' });
    await workbench.nodeReaches(query, 'failed');
    await query.getByText('needs more memory').first().waitFor();
    await workbench.closeAll();
    await expectAnswer('SELECT 6 * 7 AS answer', '42');
  });

  /** Ends what owns the engine of an import, and waits until neither the engine nor a file of its is left. */
  async function expectGone(end: (host: number) => Promise<void> | void): Promise<void> {
    await startEndlessImport();
    const { folder, storage } = pika();
    const [engine = 0] = enginesIn(folder);
    const host = parentOf(engine);
    const scratch = join(storage, 'scratch', String(host));
    expect((await filesIn(scratch)).length).toBeGreaterThan(0);
    await end(host);
    await expect.poll(() => enginesIn(folder).includes(engine), LONG).toBe(false);
    await expect.poll(async () => [...(await unfinishedImports()), ...(await filesIn(scratch))], LONG).toEqual([]);
  }

  it('ends with a window that is reloaded during an import, and leaves nothing behind', async () => {
    await expectGone(() => pika().workbench.runCommand('Developer: Reload Window'));
    await pika().workbench.tab('endless.pika').waitFor(LONG);
  });

  it('ends when the extension host is killed during an import, and leaves nothing behind', async () => {
    await expectGone((host) => void process.kill(host, 'SIGKILL'));
  });
});

/** Files below a folder, which may be gone. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
