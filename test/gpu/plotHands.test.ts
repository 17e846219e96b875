import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PlotSelection } from '#common/plot/plotSelection';
import { launchChromium } from '../support/chromium.ts';
import type { Showing } from '../support/plotPage/page.ts';
import { samplePlots } from '../support/plotPage/samplePlots.ts';
import { servePlotPage, type PlotPageServer } from '../support/plotPage/servePlotPage.ts';

/** What the page offers to tests. */
interface PageWindow {
  showPlot(showing: Showing): Promise<unknown>;
  selection(): PlotSelection | null;
}

const SIZE = { widthPx: 420, heightPx: 280 };
const WAIT = { timeout: 40_000, interval: 100 };

let server: PlotPageServer;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([servePlotPage(), launchChromium('none')]);
  page = await browser.newPage({ viewport: { width: 480, height: 320 } });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(server.url);
});
beforeEach(() => page.mouse.move(479, 319));
afterAll(async () => {
  await browser.close();
  await server.close();
});

const plot = () => page.locator('#plot [aria-roledescription=plot]');
const selection = () => page.evaluate(() => (window as unknown as PageWindow).selection());
const picture = () => page.locator('#plot canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

async function show(sample: Showing['plot']): Promise<void> {
  const showing: Showing = { plot: sample, renderer: 'cpu', theme: 'light', ...SIZE };
  await page.evaluate((all) => (window as unknown as PageWindow).showPlot(all), showing);
}

/** The sample of lines with names for so many series, of which two have rows. */
function linesOf(count: number): Showing['plot'] {
  const sample = samplePlots['line']?.();
  if (sample?.header.plotKind !== 'line') throw new Error('no lines');
  const series = Array.from({ length: count }, (_, index) => `series number ${index}`);
  return {
    header: { ...sample.header, series },
    batches: sample.batches.map((bytes) => Buffer.from(bytes).toString('base64')),
  };
}

describe('the legend', () => {
  test('shows a series alone by a click, and all by a double-click', async () => {
    await show(linesOf(2));
    const all = await picture();
    const second = page.getByRole('button', { name: 'series number 1' });
    await second.click();
    await expect.poll(picture, WAIT).not.toBe(all);
    expect(await second.getAttribute('aria-pressed')).toBe('true');
    await second.dblclick();
    await expect.poll(picture, WAIT).toBe(all);
    expect(await second.getAttribute('aria-pressed')).toBe('false');
  });
  test('lists the series that it has no room for', async () => {
    await show(linesOf(40));
    const named = await page.locator('#plot .series .line button[aria-pressed]').count();
    const rest = page.getByRole('button', { name: `+${40 - named}` });
    await rest.click();
    const list = page.getByRole('list', { name: 'All series' });
    expect(await list.getByRole('button').count()).toBe(40);
    const all = await picture();
    await list.getByRole('button', { name: 'series number 39' }).click();
    await expect.poll(picture, WAIT).not.toBe(all);
    await page.keyboard.press('Escape');
    expect(await list.count()).toBe(0);
  });
});

describe('by hand', () => {
  test('Ctrl and clicks select categories one by one, and leave them again', async () => {
    await show('bars');
    const box = await page.locator('#plot .marks').boundingBox();
    if (!box) throw new Error('no plot');
    const click = (category: number) =>
      plot().click({
        modifiers: ['Control'],
        position: { x: box.x + ((category + 0.5) / 6) * box.width, y: box.y + box.height / 2 },
      });
    await click(0);
    await click(3);
    expect(await selection()).toEqual({
      kind: 'ranges',
      x: { kind: 'categories', names: ['AA', 'US'], othersThan: null },
    });
    expect(((await page.locator('#plot path.edge').getAttribute('d')) ?? '').match(/M/g)).toHaveLength(2);
    await click(0);
    expect(await selection()).toMatchObject({ x: { names: ['US'] } });
    await click(3);
    expect(await selection()).toBe(null);
  });
  test('keys select, resize and clear; T shows the data as a table', async () => {
    await show('points');
    await plot().focus();
    await page.keyboard.press('s');
    const first = await selection();
    expect(first).toMatchObject({ kind: 'ranges', x: { kind: 'values' }, y: { kind: 'values' } });
    await page.keyboard.press('Shift+ArrowRight');
    expect(await selection()).not.toEqual(first);
    await page.keyboard.press('Escape');
    expect(await selection()).toBe(null);

    await show('bars');
    await plot().focus();
    await page.keyboard.press('t');
    expect(await page.getByRole('table').getByRole('row').count()).toBe(7);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('table').count(), WAIT).toBe(0);
    expect(faults).toEqual([]);
  });
});
