import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { enginesIn } from '../support/engineProcesses.ts';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const LONG = { timeout: 30_000 };
const WORKSPACE = {
  version: 1,
  run: 'on-request',
  nodes: [
    { id: 'numbers', kind: 'source', files: ['numbers.csv'] },
    { id: 'large', kind: 'query', sql: 'SELECT * FROM numbers WHERE n > 1' },
    { id: 'rows', kind: 'table', data: 'large' },
    {
      id: 'shape',
      kind: 'plot',
      data: 'large',
      spec: { mark: 'bar', x: { field: 'n', type: 'quantitative', bin: true }, y: { aggregate: 'count' } },
    },
  ],
  layout: {
    numbers: { x: 0, y: 0, width: 260, height: 180 },
    large: { x: 0, y: 220, width: 260, height: 160 },
    rows: { x: 320, y: 0, width: 320, height: 380 },
    shape: { x: 680, y: 0, width: 480, height: 380 },
  },
};

describe('a workspace that is opened again', () => {
  const pika = usePikaWindow(() => ({
    isAlone: true,
    files: { 'numbers.csv': 'n,m\n1,10\n2,20\n3,30\n', 'kept.pika': JSON.stringify(WORKSPACE, null, 2) },
  }));

  const ids = ['numbers', 'large', 'rows', 'shape'];
  const states = () => Promise.all(ids.map((id) => pika().workbench.node({ id }).getAttribute('data-state')));

  async function reopen(): Promise<void> {
    const { workbench } = pika();
    await workbench.page.reload();
    await workbench.ready();
    await workbench.node({ id: 'rows' }).waitFor();
  }

  it('shows its last results after a restart of the window, and runs nothing for that', async () => {
    const { workbench, folder } = pika();
    await workbench.openFile('kept.pika');
    await workbench.nodeReaches(workbench.node({ id: 'rows' }), 'idle');
    await workbench.canvas().getByRole('button', { name: 'Run All' }).click();
    for (const id of ids) await workbench.nodeReaches(workbench.node({ id }), 'done');
    const before = await shownCells(workbench.node({ id: 'rows' }));
    expect(before.map(({ text }) => text)).toEqual(['2', '20', '3', '30']);
    await workbench.until(async () => (await keptFiles()).some((name) => name.endsWith('index.json')));
    expect(await readFile(join(folder, 'kept.pika'), 'utf8')).toBe(JSON.stringify(WORKSPACE, null, 2));

    await reopen();
    await workbench.nodeReaches(workbench.node({ id: 'shape' }), 'done');
    expect(await shownCells(workbench.node({ id: 'rows' }))).toEqual(before);
    await workbench.node({ id: 'rows' }).getByText('from last time').waitFor();
    await pika().expectDrawn('cpu');
    expect(await states()).toEqual(['done', 'done', 'done', 'done']);
    expect(await workbench.node({ id: 'large' }).getAttribute('data-rows')).toBe('2');
    expect(await workbench.canvas().locator('path.edge').count()).toBe(3);
    // The engine of the window before may need a moment to end.
    if (process.platform === 'linux') await expect.poll(() => enginesIn(folder), LONG).toEqual([]);

    await workbench.runCommand('Pika: Clear Cache');
    await workbench.until(async () => (await keptFiles()).length === 0);
    await reopen();
    expect(await states()).toEqual(['idle', 'idle', 'idle', 'idle']);
  });

  /** Files in the part of the extension's storage that keeps results. */
  async function keptFiles(): Promise<readonly string[]> {
    const storage = join(pika().dataFolder, 'data', 'User', 'globalStorage', 'pika-plot.pika-plot', 'results');
    return readdir(storage, { recursive: true }).catch(() => []);
  }
});
