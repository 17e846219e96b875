import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { readerOf, ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const ROWS = 3000;
const WORKSPACE = {
  version: 1,
  nodes: [
    { id: 'flights', kind: 'source', files: ['flights.csv'] },
    {
      id: 'fares',
      kind: 'plot',
      data: 'flights',
      spec: { mark: 'point', x: { field: 'delay' }, y: { field: 'fare' } },
    },
  ],
  layout: {
    flights: { x: 0, y: 0, width: 240, height: 180 },
    fares: { x: 280, y: 0, width: 440, height: 320 },
  },
};
/** What is waited for on a busy machine. */
const SOON = { timeout: 30_000 };

describe('selecting in a plot', () => {
  const pika = usePikaWindow(() => ({
    settings: { 'files.autoSave': 'off' },
    files: { 'flights.csv': flightsCsv(), 'flights.pika': JSON.stringify(WORKSPACE) },
  }));
  const canvas = () => pika().workbench.canvas();
  const plot = () => pika().workbench.node({ id: 'fares' });

  /** Drags between two places of the plot, given as shares of its width and height. @param seen What is seen before the button is let go. */
  async function drag(from: readonly [number, number], to: readonly [number, number], seen: () => Promise<void>) {
    const { mouse } = pika().workbench.page;
    const box = await plot().locator('.marks').boundingBox();
    if (!box) throw new Error('the plot is not on screen');
    const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
    await mouse.move(...at(from));
    await mouse.down();
    try {
      await mouse.move(...at(to), { steps: 6 });
      await seen();
    } finally {
      await mouse.up();
    }
  }

  it('counts while the mouse or the keys select, and makes a filter node of exactly those rows', async () => {
    const { workbench, folder } = pika();
    const { keyboard } = workbench.page;
    const duckdb = await ReferenceDuckdb.open();
    await duckdb.run(`CREATE VIEW flights AS FROM ${readerOf(join(folder, 'flights.csv'))}`);
    await workbench.openFile('flights.pika');
    await workbench.nodeReaches(plot(), 'done');
    await canvas().getByRole('button', { name: 'Show Details' }).click();
    await plot().locator('header').click();

    const condition = canvas().locator('aside.panel pre.sql');
    const liveCount = async () =>
      numberOf(
        plot()
          .locator('footer')
          .getByText(/ selected$/),
      );
    const seesTheCount = () =>
      expect
        .poll(async () => {
          const where = (await condition.textContent()) ?? '';
          return (await liveCount()) - (await duckdb.number(`SELECT count(*) FROM flights WHERE ${where}`));
        }, SOON)
        .toBe(0);
    const createByButton = () => canvas().getByRole('button', { name: 'Create Filter Node' }).click();

    const gestures = [
      {
        name: 'a box by Alt',
        select: async () => {
          await keyboard.down('Alt');
          await drag([0.2, 0.25], [0.7, 0.8], seesTheCount);
          await keyboard.up('Alt');
        },
        create: createByButton,
        expected: /\nWHERE delay BETWEEN .+\n {2}AND fare BETWEEN [^\n]+$/,
      },
      {
        name: 'a box by keys',
        select: async () => {
          await plot().locator('[aria-roledescription="plot"]').focus();
          await keyboard.press('s');
          await keyboard.press('Shift+ArrowRight');
          await seesTheCount();
        },
        create: () => keyboard.press('Enter'),
        expected: /\nWHERE delay BETWEEN .+\n {2}AND fare BETWEEN [^\n]+$/,
      },
      {
        name: 'an interval by its tool',
        select: async () => {
          await plot().getByRole('radio', { name: 'Select an interval' }).click();
          await drag([0.3, 0.5], [0.6, 0.6], seesTheCount);
        },
        create: createByButton,
        expected: /\nWHERE delay BETWEEN .+\n {2}AND isfinite\(fare\)$/,
      },
    ];
    for (const { name, select, create, expected } of gestures) {
      await select();
      await create();
      const made = workbench.node({ id: 'flights_selected' });
      await workbench.nodeReaches(made, 'done');
      const sql = (await made.locator('.cm-line').allTextContents()).join('\n');
      expect(sql, name).toMatch(expected);
      const rows = await duckdb.number(`SELECT count(*) FROM (${sql})`);
      expect(rows, name).toBeGreaterThan(ROWS / 20);
      await expect.poll(() => made.getAttribute('data-rows'), SOON).toBe(String(rows));
      await expect.poll(liveCount, SOON).toBe(rows);

      await workbench.page.locator('.tab.dirty').waitFor();
      await keyboard.press('Control+Z');
      await made.waitFor({ state: 'detached' });
      await workbench.page.locator('.tab.dirty').waitFor({ state: 'detached' });
      await canvas().getByRole('button', { name: 'Clear', exact: true }).click();
      await condition.waitFor({ state: 'detached' });
    }
  });
});

async function numberOf(text: Locator): Promise<number> {
  return Number(((await text.textContent()) ?? '').replace(/\D/g, ''));
}

/** Whole numbers and doubles; some of each are missing or not finite. */
function flightsCsv(): string {
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const delay = row % 17 === 0 ? '' : String((row * 37) % 181);
    const fare = ((row * 53) % 900) / 8 + 0.5;
    return `${delay},${row % 13 === 0 ? '' : row % 29 === 0 ? 'nan' : row % 31 === 0 ? 'inf' : fare}`;
  });
  return ['delay,fare', ...lines, ''].join('\n');
}
