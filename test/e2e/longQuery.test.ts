import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { cpuSeconds, enginesIn } from '../support/engineProcesses.ts';
import { ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { shownCells } from '../support/tableCells.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const LONG = 'SELECT count(*) AS n FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 3';
/** More than an engine needs for anything but a statement that runs. */
const BUSY_SECONDS = 1;
const CRASHES_UNTIL_GIVEN_UP = 3;

const NUMBERS = 'SELECT range AS n FROM range(1000000)';
/** So few that a reader of them knows well how far it is. */
const ROWS_IN_GROUP = 10_000;
/** Takes seconds, in which DuckDB knows how far it is, as it does of what reads rows and sorts, groups or joins none. */
const MEASURED = 'SELECT n FROM numbers WHERE length(repeat(md5(n::VARCHAR), 300)) = 3';
const WORKSPACE = {
  version: 1,
  run: 'on-request',
  nodes: [
    { id: 'numbers', kind: 'source', files: ['numbers.parquet'] },
    { id: 'measured', kind: 'query', sql: MEASURED },
  ],
  layout: {
    numbers: { x: 0, y: 0, width: 260, height: 180 },
    measured: { x: 300, y: 0, width: 360, height: 220 },
  },
};

describe.runIf(process.platform === 'linux')('a query that runs long', () => {
  const pika = usePikaWindow(async () => ({
    settings: { 'pika.engine.threads': 1 },
    files: {
      'numbers.csv': 'n\n1\n2\n',
      'numbers.parquet': await (await ReferenceDuckdb.open()).parquet(NUMBERS, ROWS_IN_GROUP),
      'measured.pika': JSON.stringify(WORKSPACE),
    },
  }));

  async function startLongQuery(): Promise<Locator> {
    const { workbench } = pika();
    await pika().openInPika('numbers.csv');
    await pika().runQuery(LONG);
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
    await window.runQuery('SELECT 6 * 7 AS answer');
    expect((await shownCells(await window.done('table'))).map(({ text }) => text)).toEqual(['42']);
  }

  it('shows how far it is on its node and in the status bar, until it is done or cancelled', async () => {
    const { workbench } = pika();
    await workbench.openFile('measured.pika');
    const node = workbench.node({ id: 'measured' });
    const onNode = node.getByRole('progressbar');
    const inStatusBar = workbench.page.locator('.statusbar-item', { hasText: /measured [1-9]\d* %/ });
    const runForAWhile = async (button: string) => {
      await node.getByRole('button', { name: button }).click();
      await inStatusBar.waitFor();
      await workbench.until(async () => Number(await onNode.getAttribute('aria-valuenow')) >= 1);
    };
    const expectGone = async () => {
      await onNode.waitFor({ state: 'detached' });
      await inStatusBar.waitFor({ state: 'detached' });
      await workbench.statusBarItem('Engine ready').waitFor();
    };
    await workbench.nodeReaches(node, 'idle');
    await runForAWhile('Run measured');
    await node.press('Escape');
    await node.getByText('cancelled').first().waitFor();
    await expectGone();
    await runForAWhile('Run Again');
    await workbench.nodeReaches(node, 'done');
    await expectGone();
  });

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

  it('is cancelled in a panel of its own by button and by Escape, with all that was worked out for it', async () => {
    const { workbench, folder } = pika();
    const canvas = () => workbench.canvas();
    const cancelled = (kind: string) => canvas().locator(`[data-node-kind="${kind}"]`).getByText('Cancelled.').first();
    await pika().runQuery(LONG);
    const table = workbench.node({ kind: 'table' });
    await table.and(canvas().locator('[data-state="running"]')).waitFor();
    await table.getByRole('button', { name: /^Cancel/ }).click();
    await cancelled('table').waitFor();
    await canvas().getByRole('tab', { name: 'SQL' }).click();
    await cancelled('query').waitFor();
    await workbench.statusBarItem('Engine ready').waitFor();

    await workbench.node({ kind: 'query' }).getByRole('button', { name: 'Run Again' }).click();
    await workbench.node({ kind: 'query' }).and(canvas().locator('[data-state="running"]')).waitFor();
    await canvas().getByRole('tab', { name: 'Table' }).click();
    await workbench.page.keyboard.press('Escape');
    await cancelled('table').waitFor();
    await workbench.statusBarItem('Engine ready').waitFor();
    expect(enginesIn(folder)).toHaveLength(1);
    await expectAnswers();
  });

  it('says on its node that the engine crashed, and leads to a restart when that happens again and again', async () => {
    const { workbench } = pika();
    const node = await startLongQuery();
    for (let crash = 1; crash <= CRASHES_UNTIL_GIVEN_UP; crash++) {
      await killWorkingEngine();
      await workbench.nodeReaches(node, 'failed');
      const isLast = crash === CRASHES_UNTIL_GIVEN_UP;
      // What asks for rows after the last crash is told at once that there were too many.
      const sentence = isLast ? /ended (unexpectedly|three times)/ : /ended unexpectedly/;
      await node.getByText(sentence).first().waitFor();
      if (!isLast) await node.getByRole('button', { name: 'Retry' }).click();
    }
    await workbench.statusBarItem('Engine failed').click();
    await expectAnswers();
  });
});
