import { PNG } from 'pngjs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, type Graphics } from '../support/chromium.ts';
import type { Showing, Shown } from '../support/plotPage/page.ts';
import { samplePlots } from '../support/plotPage/samplePlots.ts';
import { servePlotPage, type PlotPageServer } from '../support/plotPage/servePlotPage.ts';
import { countColours, differentShare, inkShare } from '../support/pixels.ts';

const SIZE = { widthPx: 420, heightPx: 280 };
/** Share of pixels that may differ: edges of discs and lines; many soft edges on top of each other add up on the GPU. */
const differentShareOf = (plot: string) => (plot === 'lineDense' ? 0.03 : 0.01);
const DEVICE_TRUSTED_AFTER_MS = 5000;
const names = Object.keys(samplePlots);
const drawnNames = names.filter((name) => name !== 'empty');

let server: PlotPageServer;
let browser: Browser | undefined;
const faults: string[] = [];

beforeAll(async () => {
  server = await servePlotPage();
});
afterAll(async () => {
  await browser?.close();
  await server.close();
});

/** A page in a browser of its own, which takes the place of the one before: even idle ones take their share of a CPU. */
async function openPage(graphics: Graphics): Promise<Page> {
  await browser?.close();
  browser = await launchChromium(graphics);
  const page = await browser.newPage({ viewport: { width: 480, height: 320 }, deviceScaleFactor: 2 });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.clock.install();
  await page.goto(server.url);
  return page;
}

function showOnly(page: Page, showing: Pick<Showing, 'plot' | 'renderer' | 'theme'>): Promise<Shown> {
  return page.evaluate((all) => (window as unknown as { showPlot(showing: Showing): Promise<Shown> }).showPlot(all), {
    ...showing,
    ...SIZE,
  });
}

async function show(
  page: Page,
  showing: Pick<Showing, 'plot' | 'renderer' | 'theme'>,
): Promise<{ shown: Shown; picture: PNG }> {
  const shown = await showOnly(page, showing);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const picture = PNG.sync.read(await page.locator('#plot').screenshot());
  return { shown, picture };
}

describe('both tiers draw the same picture', () => {
  let page: Page;
  beforeAll(async () => {
    page = await openPage('software-webgpu');
  });

  const cases = [
    ...drawnNames.map((plot) => ({ plot, theme: 'dark' as const })),
    // A theme changes colours alone: cells, discs and bars take theirs from different places.
    ...['densityAggregated', 'points', 'bars'].map((plot) => ({ plot, theme: 'light' as const })),
  ];
  test.each(cases)('of $plot in the $theme theme', async ({ plot, theme }) => {
    const gpu = await show(page, { plot, theme, renderer: 'webgpu' });
    const cpu = await show(page, { plot, theme, renderer: 'cpu' });
    expect([gpu.shown.renderer, cpu.shown.renderer]).toEqual(['webgpu', 'cpu']);
    expect(gpu.shown.countedRows).toBe(cpu.shown.countedRows);
    expect(gpu.shown.countedRows).toBe(samplePlots[plot]?.().header.drawableCount);
    expect(inkShare(gpu.picture)).toBeGreaterThan(0.01);
    expect(countColours(gpu.picture)).toBeGreaterThan(20);
    expect(differentShare(gpu.picture, cpu.picture)).toBeLessThan(differentShareOf(plot));
    expect(faults).toEqual([]);
  });

  test('and say so where nothing can be drawn', async () => {
    const { shown } = await show(page, { plot: 'empty', theme: 'dark', renderer: 'cpu' });
    expect(shown.countedRows).toBe(0);
    expect(await page.locator('#plot').innerText()).toContain('No finite values to plot in x');
  });

  test('and a software adapter is not chosen by itself', async () => {
    const { shown } = await show(page, { plot: 'points', theme: 'dark', renderer: 'auto' });
    expect(shown.report).toMatchObject({ renderer: 'cpu', isHardware: false });
    expect(shown.report.reason).toContain('software');
  });

  const pointed = [
    { plot: 'histogram', x: 0.62, y: 0.5, expected: /^3\d\d … 3\d\d/ },
    { plot: 'density', x: 0.28, y: 0.66, expected: /departure delay .*…[\s\S]*arrival delay .*…[\s\S]*rows?/ },
    { plot: 'points', x: 0.27, y: 0.66, expected: /departure delay [\s\S]*arrival delay/ },
    { plot: 'line', x: 0.5, y: 0.5, expected: /(arrival|departure)[\s\S]*day 2001-0\d/ },
    { plot: 'bars', x: 0.2, y: 0.5, expected: /^AA[\s\S]*rows · \d/ },
  ];
  test.each(pointed)('and tell the same values under the pointer of $plot', async ({ plot, x, y, expected }) => {
    const texts: string[] = [];
    for (const renderer of ['cpu', 'webgpu'] as const) {
      await show(page, { plot, theme: 'dark', renderer });
      await page.mouse.move(SIZE.widthPx * x, SIZE.heightPx * y);
      texts.push(await page.locator('#plot .tip[role=status]').innerText());
      await page.mouse.move(479, 319);
    }
    expect(texts[0]).toMatch(expected);
    expect(texts[1]).toBe(texts[0]);
  });
});

describe('a lost device', () => {
  const loseDevice = (page: Page) =>
    page.evaluate(() => (window as unknown as { loseDevice(): Promise<Shown> }).loseDevice());

  test('is replaced once it has shown a picture, and the second time by the CPU', async () => {
    const page = await openPage('software-webgpu');
    const { shown } = await show(page, { plot: 'density', theme: 'dark', renderer: 'webgpu' });
    await page.clock.fastForward(DEVICE_TRUSTED_AFTER_MS);
    const again = await loseDevice(page);
    await page.clock.fastForward(DEVICE_TRUSTED_AFTER_MS);
    const last = await loseDevice(page);
    expect([shown, again, last].map(({ renderer }) => renderer)).toEqual(['webgpu', 'webgpu', 'cpu']);
    expect([again, last].map(({ countedRows }) => countedRows)).toEqual([300_000, 300_000]);
    expect(last.report.reason).toContain('lost twice');
    expect(countColours(PNG.sync.read(await page.locator('#plot').screenshot()))).toBeGreaterThan(50);
  });
  test('is given up at once when it dies at its first picture', async () => {
    const page = await openPage('software-webgpu');
    // A device is trusted a while after its picture: on a slow machine that while would be over before the device is.
    await page.clock.pauseAt(new Date(Date.now() + 60_000));
    await showOnly(page, { plot: 'density', theme: 'dark', renderer: 'webgpu' });
    const last = await loseDevice(page);
    expect(last).toMatchObject({ renderer: 'cpu', countedRows: 300_000 });
    expect(last.report.reason).toContain('first picture');
  });
});

describe('a plot is not lost', () => {
  let page: Page;
  beforeAll(async () => {
    page = await openPage('software-webgpu');
  });
  afterEach(() => refuseMemory(page, 0));
  const refuseMemory = (page: Page, times: number) =>
    page.evaluate((count) => (window as unknown as { refuseMemory(times: number): void }).refuseMemory(count), times);

  test.each([
    { times: 1, renderer: 'webgpu', words: 'once' },
    { times: 1000, renderer: 'cpu', words: 'always' },
  ])('when the device has $words no memory', async ({ times, renderer }) => {
    await refuseMemory(page, times);
    const { shown, picture } = await show(page, { plot: 'density', theme: 'dark', renderer: 'webgpu' });
    expect(shown).toMatchObject({ renderer, countedRows: 300_000 });
    expect(countColours(picture)).toBeGreaterThan(50);
  });

  test('when its page was hidden and its canvas emptied', async () => {
    const before = await show(page, { plot: 'density', theme: 'dark', renderer: 'webgpu' });
    await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('#plot canvas');
      if (canvas) canvas.width = 10;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    const again = () => page.evaluate(() => document.querySelector<HTMLCanvasElement>('#plot canvas')?.width);
    await expect.poll(again).not.toBe(10);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const picture = PNG.sync.read(await page.locator('#plot').screenshot());
    expect(differentShare(picture, before.picture)).toBeLessThan(0.001);
  });
});

test('without any adapter the CPU tier draws, and says why', async () => {
  const page = await openPage('none');
  const { shown, picture } = await show(page, { plot: 'density', theme: 'dark', renderer: 'auto' });
  expect(shown).toMatchObject({ renderer: 'cpu', countedRows: 300_000 });
  expect(shown.report.reason).toMatch(/WebGPU/);
  expect(countColours(picture)).toBeGreaterThan(50);
});
