import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { cpuSeconds, enginesIn } from '../support/engineProcesses.ts';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const LONG = 'SELECT count(*) AS n FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 3';
/** More than an engine needs for anything but a statement that runs. */
const BUSY_SECONDS = 1;
const CRASHES_UNTIL_GIVEN_UP = 3;

describe.runIf(process.platform === 'linux')('a query that runs for ever', () => {
  const pika = usePikaWindow(() => ({ files: { 'numbers.csv': 'n\n1\n2\n' } }));

  async function runQuery(sql: string): Promise<void> {
    const { workbench } = pika();
    await workbench.runCommand('Pika: Run Query');
    await workbench.page.getByPlaceholder('A SELECT, or a query from the history').fill(sql);
    // The history is offered until the extension has heard what was typed.
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: `Run ${sql}` }).waitFor();
    await workbench.answer(sql);
  }

  async function startLongQuery(): Promise<Locator> {
    const { workbench } = pika();
    await runQuery(LONG);
    const node = workbench.node({ kind: 'query' });
    await node.and(workbench.canvas().locator('[data-state="running"]')).waitFor();
    return node;
  }

  /** Kills the engine in the midst of a statement. */
  async function killWorkingEngine(): Promise<void> {
    const { workbench, folder } = pika();
    const before = new Map(enginesIn(folder).map((pid) => [pid, cpuSeconds(pid)]));
    const working = () => enginesIn(folder).find((pid) => cpuSeconds(pid) > (before.get(pid) ?? 0) + BUSY_SECONDS);
    await workbench.until(() => Promise.resolve(working() !== undefined));
    for (const pid of enginesIn(folder)) process.kill(pid, 'SIGKILL');
  }

  async function expectAnswers(): Promise<void> {
    const window = pika();
    await window.workbench.closeAll();
    await runQuery('SELECT 6 * 7 AS answer');
    expect((await shownCells(await window.done('table'))).map(({ text }) => text)).toEqual(['42']);
  }

  const ways: Readonly<Record<string, (node: Locator) => Promise<void>>> = {
    'its button': (node) => node.getByRole('button', { name: /^Cancel/ }).click(),
    Escape: (node) => node.press('Escape'),
  };
  it.each(Object.keys(ways))('is cancelled by %s, and the next one works', async (way) => {
    const node = await startLongQuery();
    await ways[way]?.(node);
    await node.getByText('cancelled').first().waitFor();
    await expectAnswers();
  });

  it('says on its node that the engine crashed, and leads to a restart when that happens again and again', async () => {
    const { workbench } = pika();
    const node = await startLongQuery();
    for (let crash = 1; crash <= CRASHES_UNTIL_GIVEN_UP; crash++) {
      await killWorkingEngine();
      await workbench.nodeReaches(node, 'failed');
      await node.getByText('ended unexpectedly').first().waitFor();
      if (crash < CRASHES_UNTIL_GIVEN_UP) await node.getByRole('button', { name: 'Retry' }).click();
    }
    await workbench.statusBarItem('Engine failed').click();
    await expectAnswers();
  });
});
