import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Workbench } from '../support/workbench.ts';
import { readerOf, ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const FILE = 'flights.csv';
const WORKSPACE = 'flights.pika';

describe('selecting in plots', () => {
  const pika = usePikaWindow(() => ({ files: { [FILE]: flightsCsv(), [WORKSPACE]: workspaceText() } }));
  let duckdb: ReferenceDuckdb;

  beforeAll(async () => {
    duckdb = await ReferenceDuckdb.open();
  });

  it('makes filter nodes of exactly the rows that were counted', async () => {
    const { workbench, folder } = pika();
    const from = readerOf(join(folder, FILE));
    await workbench.explorerItem(WORKSPACE).dblclick();
    const cases = [
      { plot: 'numbers', tool: 'box', drag: [0.2, 0.2, 0.7, 0.8], expected: /^delay BETWEEN \d+ AND \d+\nAND fare BETWEEN/ },
      { plot: 'numbers', tool: 'interval', drag: [0.3, 0.5, 0.6, 0.6], expected: /^delay BETWEEN [\d ]+AND \d+\nAND isfinite\(fare\)$/ },
      { plot: 'numbers', tool: 'lasso', drag: [0.2, 0.3, 0.8, 0.4, 0.5, 0.9], expected: /% 2 = 1$/ },
      { plot: 'times', tool: 'box', drag: [0.1, 0.1, 0.6, 0.7], expected: /^day BETWEEN DATE '.*' AND DATE '.*'\nAND left_at BETWEEN TIMESTAMP '/ },
      { plot: 'bins', tool: 'interval', drag: [0.3, 0.5, 0.6, 0.5], expected: /^delay >= \d+ AND delay < \d+$/ },
      { plot: 'cities', tool: 'interval', drag: [0.1, 0.5, 0.4, 0.5], expected: /^city (IN \(|= |IS NULL)/ },
    ] as const;
    for (const [index, { plot: id, tool, drag, expected }] of cases.entries()) {
      const plot = workbench.node({ id });
      await workbench.nodeReaches(plot, 'done');
      await plot.locator('header').click();
      await plot.locator(`[data-tool="${tool}"]`).click();
      await dragIn(workbench, plot, drag);
      const condition = await settledCondition(workbench, expected);
      const count = await duckdb.number(`SELECT count(*) FROM ${from} WHERE ${condition}`);
      expect(count).toBeGreaterThan(10);
      await plot.getByText(`${count.toLocaleString('en-US')} selected`).waitFor();
      await workbench.canvas().getByRole('button', { name: 'Create Filter Node' }).click();
      const node = workbench.node({ id: index === 0 ? 'flights_selected' : `flights_selected_${index + 1}` });
      await workbench.nodeReaches(node, 'done');
      expect({ condition, rows: Number(await node.getAttribute('data-rows')) }).toEqual({ condition, rows: count });
    }
  });

  it('zooms, pans, goes back and forward, and tells the values of a row', async () => {
    const { workbench, folder } = pika();
    const { page } = workbench;
    const plot = workbench.node({ id: 'numbers' });
    await plot.locator('header').click();
    await plot.locator('[data-tool="pan"]').click();
    const reset = plot.getByRole('button', { name: 'Show the whole plot' });
    const back = plot.getByRole('button', { name: 'Back to the view before' });
    const forward = plot.getByRole('button', { name: 'Forward to the next view' });

    await page.mouse.move(...(await placeIn(plot, 0.5, 0.5)));
    await page.mouse.wheel(0, -300);
    await expect.poll(() => reset.isEnabled()).toBe(true);
    await page.mouse.dblclick(...(await placeIn(plot, 0.5, 0.5)));
    await expect.poll(() => reset.isEnabled()).toBe(false);
    await back.click();
    await expect.poll(() => reset.isEnabled()).toBe(true);
    await forward.click();
    await expect.poll(() => reset.isEnabled()).toBe(false);
    await page.keyboard.down('Shift');
    await dragIn(workbench, plot, [0.3, 0.3, 0.6, 0.6]);
    await page.keyboard.up('Shift');
    await expect.poll(() => reset.isEnabled()).toBe(true);
    await reset.click();
    await expect.poll(() => reset.isEnabled()).toBe(false);

    await expect
      .poll(async () => {
        for (const share of [0.3, 0.4, 0.5, 0.6]) {
          await page.mouse.move(...(await placeIn(plot, share, share)));
          if (await plot.locator('.tip dd').first().isVisible()) return true;
        }
        return false;
      })
      .toBe(true);
    const told = await plot.locator('.tip dd').allTextContents();
    const rows = await duckdb.texts(`SELECT delay, fare, day, left_at, city FROM ${readerOf(join(folder, FILE))}`);
    expect(rows.map((row) => row.map((text) => text ?? 'null'))).toContainEqual(told);
  });

  it('is used and heard by keyboard alone', async () => {
    const { workbench } = pika();
    const { page } = workbench;
    const plot = workbench.node({ id: 'bins' });
    await plot.locator('header').click();
    const drawing = plot.locator('[aria-roledescription="plot"]');
    await drawing.focus();
    await page.keyboard.press('Escape');
    await plot.locator('header').click();
    await drawing.focus();
    await page.keyboard.press('s');
    const sql = workbench.canvas().locator('.panel .sql');
    await sql.waitFor();
    const first = await sql.textContent();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => sql.textContent()).not.toBe(first);
    await plot.locator('.spoken[role="status"]', { hasText: /^Selected .* rows.*delay from/i }).waitFor();
    await page.keyboard.press('t');
    const rows = plot.getByRole('region', { name: 'Data of the plot' }).locator('tbody tr');
    await rows.first().waitFor();
    const counted = await rows.locator('td:nth-child(3)').allTextContents();
    const sum = counted.reduce((total, text) => total + Number(text.replaceAll(',', '')), 0);
    expect(sum).toBe(Number(await plot.getAttribute('data-counted')));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await sql.waitFor({ state: 'detached' });
  });
});

/** Whole numbers, doubles that are not all finite, a date, a timestamp and a category; some of each are missing. */
function flightsCsv(): string {
  const lines = Array.from({ length: 3000 }, (_, row) => {
    const delay = row % 17 === 0 ? '' : String((row * 37) % 181);
    const fare = row % 13 === 0 ? '' : row % 29 === 0 ? 'nan' : row % 31 === 0 ? 'inf' : String(((row * 53) % 900) / 8 + 0.5);
    const day = row % 19 === 0 ? '' : new Date(Date.UTC(2024, 0, 1 + (row % 300))).toISOString().slice(0, 10);
    const leftAt = row % 23 === 0 ? '' : new Date(Date.UTC(2024, 1, 28, 0, 0, row * 977)).toISOString().slice(0, 19);
    const city = row % 11 === 0 ? '' : (['Oslo', "L'Aquila", 'Rome', 'São Paulo'][(row * row) % 7] ?? 'Bern');
    return [delay, fare, day, leftAt.replace('T', ' '), city].join(',');
  });
  return ['delay,fare,day,left_at,city', ...lines, ''].join('\n');
}

function workspaceText(): string {
  const plot = (id: string, spec: unknown) => ({ id, kind: 'plot', data: 'flights', ...(spec as object) });
  const number = (field: string) => ({ field, type: 'quantitative' });
  const time = (field: string) => ({ field, type: 'temporal' });
  const place = (x: number, y: number) => ({ x, y, width: 520, height: 360 });
  return JSON.stringify({
    version: 1,
    nodes: [
      { id: 'flights', kind: 'source', files: [FILE], format: 'csv' },
      plot('numbers', { mark: 'point', x: number('delay'), y: number('fare') }),
      plot('times', { mark: 'point', x: time('day'), y: time('left_at') }),
      plot('bins', { mark: 'bar', x: { ...number('delay'), bin: true }, y: { aggregate: 'count' } }),
      plot('cities', { mark: 'bar', x: { field: 'city', type: 'nominal' }, y: { aggregate: 'count' } }),
    ],
    layout: {
      flights: { x: 0, y: 0, width: 300, height: 180 },
      numbers: place(340, 0),
      times: place(900, 0),
      bins: place(340, 400),
      cities: place(900, 400),
    },
  });
}

async function placeIn(plot: Locator, x: number, y: number): Promise<[number, number]> {
  const box = await plot.locator('.marks').boundingBox();
  if (!box) throw new Error('The plot is not on the screen.');
  return [box.x + x * box.width, box.y + y * box.height];
}

/** Drags from the first to the last of some places, which are given as shares of the plot. */
async function dragIn({ page }: Workbench, plot: Locator, places: readonly number[]): Promise<void> {
  const points: [number, number][] = [];
  for (let index = 0; index < places.length; index += 2) {
    points.push(await placeIn(plot, places[index] ?? 0, places[index + 1] ?? 0));
  }
  const [first = [0, 0], ...rest] = points;
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps: 4 });
  await page.mouse.up();
}

/** The condition that the panel shows once it is the one of the last drag. */
async function settledCondition(workbench: Workbench, expected: RegExp): Promise<string> {
  const sql = workbench.canvas().locator('.panel .sql');
  let before = '';
  await expect
    .poll(async () => {
      const now = (await sql.textContent()) ?? '';
      const isSettled = expected.test(now) && now === before;
      before = now;
      return isSettled;
    })
    .toBe(true);
  return before;
}
