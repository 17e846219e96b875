import { PNG } from 'pngjs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { differentShare } from '../support/pixels.ts';
import type { Showing, Shown } from '../support/plotPage/page.ts';
import { servePlotPage, type PlotPageServer } from '../support/plotPage/servePlotPage.ts';

/** What the page offers to tests. */
interface PageWindow {
  showPlot(showing: Showing): Promise<Shown>;
  zoomCanvas(factor: number): void;
  applyPressure(level: 'normal' | 'high' | 'critical'): void;
  drawnCount(): number;
}

const SIZE = { widthPx: 420, heightPx: 280 };
const MIDDLE = { x: 200, y: 130 };
const BESIDE = { x: 479, y: 319 };
const WAIT = { timeout: 40_000, interval: 100 };
const GESTURE_PAUSE_MS = 1000;
const EQUAL_PICTURES = 4;
const DIFFERENT_SHARE = 0.01;

let server: PlotPageServer;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  server = await servePlotPage();
  browser = await launchChromium('software-webgpu');
  page = await browser.newPage({ viewport: { width: 480, height: 320 } });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.clock.install();
  await page.goto(server.url);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function show(plot: string, renderer: 'cpu' | 'webgpu', more: Partial<Showing> = {}): Promise<PNG> {
  await page.mouse.move(BESIDE.x, BESIDE.y);
  const showing: Showing = { plot, renderer, theme: 'dark', ...SIZE, ...more };
  await page.evaluate((all) => (window as unknown as PageWindow).showPlot(all), showing);
  const bare = await pictureWithoutMarks();
  await expect.poll(async () => bare.data.equals((await picture()).data), WAIT).toBe(false);
  return settledPicture();
}

/** What is on the screen as long as the canvas has not reached it. */
async function pictureWithoutMarks(): Promise<PNG> {
  const hide = (opacity: string) =>
    page.locator('#plot canvas').evaluate((canvas, value) => ((canvas as HTMLElement).style.opacity = value), opacity);
  await hide('0');
  const bare = await picture();
  await hide('');
  return bare;
}

/** The picture once several in a row are the same: a drawn canvas reaches the screen some frames later. */
async function settledPicture(): Promise<PNG> {
  let before = await picture();
  for (let equalCount = 1; equalCount < EQUAL_PICTURES;) {
    await twoFrames();
    const now = await picture();
    equalCount = now.data.equals(before.data) ? equalCount + 1 : 1;
    before = now;
  }
  return before;
}

const twoFrames = (): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
const picture = async (): Promise<PNG> => PNG.sync.read(await page.locator('#plot').screenshot());
const labels = (): Promise<string> => page.locator('#plot .axes').evaluate((axes) => axes.textContent);
const canvasWidth = (): Promise<number> =>
  page.locator('#plot canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).width);

async function wheel(at: { x: number; y: number }, turns: number): Promise<void> {
  await page.mouse.move(at.x, at.y);
  for (let turn = 0; turn < Math.abs(turns); turn += 1) await page.mouse.wheel(0, turns > 0 ? -200 : 200);
  await page.mouse.move(BESIDE.x, BESIDE.y);
}

async function press(key: string): Promise<void> {
  await page.locator('#plot [aria-roledescription=plot]').focus();
  await page.keyboard.press(key);
  await page.clock.fastForward(GESTURE_PAUSE_MS);
}

const becomesOther = (before: PNG) =>
  expect.poll(async () => differentShare(await picture(), before), WAIT).toBeGreaterThan(DIFFERENT_SHARE);
const becomesLike = (expected: PNG) =>
  expect.poll(async () => differentShare(await picture(), expected), WAIT).toBeLessThanOrEqual(DIFFERENT_SHARE);
const becomesEqual = (expected: PNG) =>
  expect.poll(async () => expected.data.equals((await picture()).data), WAIT).toBe(true);

const plots = ['density', 'densityAggregated', 'points', 'histogram', 'histogramAggregated', 'line'];
const tiers = ['cpu', 'webgpu'] as const;

describe('a plot', () => {
  test.each(plots.flatMap((plot) => tiers.map((tier) => ({ plot, tier }))))(
    'of $plot on $tier zooms by the wheel, and a double-click shows the whole again, pixel for pixel',
    async ({ plot, tier }) => {
      const whole = await show(plot, tier);
      const wholeLabels = await labels();
      await wheel(MIDDLE, 4);
      await becomesOther(whole);
      expect(await labels()).not.toBe(wholeLabels);
      await page.mouse.dblclick(MIDDLE.x, MIDDLE.y);
      await page.mouse.move(BESIDE.x, BESIDE.y);
      await becomesEqual(whole);
      expect(await labels()).toBe(wholeLabels);
      expect(await page.evaluate(() => (window as unknown as PageWindow).drawnCount())).toBe(1);
      expect(faults).toEqual([]);
    },
  );
  test.each(plots)('of %s looks the same on both tiers when it is zoomed', async (plot) => {
    const whole = await show(plot, 'cpu');
    await wheel(MIDDLE, 5);
    await becomesOther(whole);
    const zoomed = await settledPicture();
    await show(plot, 'webgpu');
    await wheel(MIDDLE, 5);
    await becomesLike(zoomed);
  });
  test('turns from cells to discs where few rows are in view, and back', async () => {
    const whole = await show('density', 'cpu');
    const legend = page.locator('#plot linearGradient');
    expect(await legend.count()).toBe(1);
    await wheel({ x: 330, y: 60 }, 6);
    await expect.poll(() => legend.count(), WAIT).toBe(0);
    await page.mouse.dblclick(MIDDLE.x, MIDDLE.y);
    await page.mouse.move(BESIDE.x, BESIDE.y);
    await becomesEqual(whole);
    expect(await legend.count()).toBe(1);
  });
  test('takes no wheel, drag or key while it is not active', async () => {
    const whole = await show('density', 'cpu', { isActive: false });
    await wheel(MIDDLE, 4);
    await page.mouse.move(MIDDLE.x, MIDDLE.y);
    await page.mouse.down();
    await page.mouse.move(MIDDLE.x + 60, MIDDLE.y);
    await page.mouse.up();
    await page.mouse.dblclick(MIDDLE.x, MIDDLE.y);
    await page.mouse.move(BESIDE.x, BESIDE.y);
    await twoFrames();
    expect(whole.data.equals((await picture()).data)).toBe(true);
  });
  test('zooms one axis with the wheel over it', async () => {
    await show('density', 'cpu');
    const [across, along] = await Promise.all([axisLabels('middle'), axisLabels('end')]);
    await wheel({ x: MIDDLE.x, y: 250 }, 4);
    await expect.poll(() => axisLabels('middle'), WAIT).not.toEqual(across);
    expect(await axisLabels('end')).toEqual(along);
  });
  test('is moved by a drag and brought back by the opposite one', async () => {
    await show('points', 'cpu');
    await wheel(MIDDLE, 3);
    await twoFrames();
    const before = await labels();
    await drag(MIDDLE, { x: MIDDLE.x - 40, y: MIDDLE.y + 25 });
    await expect.poll(labels, WAIT).not.toBe(before);
    await drag(MIDDLE, { x: MIDDLE.x + 40, y: MIDDLE.y - 25 });
    await expect.poll(labels, WAIT).toBe(before);
  });
  test('shows the box that is drawn with Shift, and goes back and forward with Alt and arrows', async () => {
    await show('points', 'cpu');
    const whole = await labels();
    await page.keyboard.down('Shift');
    await drag({ x: 120, y: 60 }, { x: 240, y: 160 });
    await page.keyboard.up('Shift');
    await expect.poll(labels, WAIT).not.toBe(whole);
    const boxed = await labels();
    await press('Alt+ArrowLeft');
    await expect.poll(labels, WAIT).toBe(whole);
    await press('Alt+ArrowRight');
    await expect.poll(labels, WAIT).toBe(boxed);
  });
  test('is zoomed, moved and reset by keys', async () => {
    await show('points', 'cpu');
    const whole = await labels();
    await press('+');
    await expect.poll(labels, WAIT).not.toBe(whole);
    const zoomed = await labels();
    await press('ArrowRight');
    await expect.poll(labels, WAIT).not.toBe(zoomed);
    await press('0');
    await expect.poll(labels, WAIT).toBe(whole);
  });
  test.each(tiers)('is drawn with more pixels on %s when the canvas around it is zoomed in', async (tier) => {
    await show('histogram', tier);
    const width = await canvasWidth();
    await page.evaluate(() => (window as unknown as PageWindow).zoomCanvas(2));
    await expect.poll(canvasWidth, WAIT).toBe(2 * width);
    await page.evaluate(() => (window as unknown as PageWindow).zoomCanvas(0.5));
    await expect.poll(canvasWidth, WAIT).toBe(width);
    expect(await page.evaluate(() => (window as unknown as PageWindow).drawnCount())).toBe(1);
  });
});

describe('a plot stays right and crisp', () => {
  const applyPressure = (level: 'normal' | 'critical') =>
    page.evaluate((now) => (window as unknown as PageWindow).applyPressure(now), level);
  const resize = (widthPx: number) =>
    page.locator('#plot').evaluate((host, px) => ((host as HTMLElement).style.width = `${px}px`), widthPx);

  test.each(tiers)('on %s when it is made narrower, as if it had been opened so', async (tier) => {
    const narrow = await show('line', tier, { widthPx: 260 });
    await show('line', tier);
    await resize(260);
    await becomesEqual(narrow);
  });
  test('when a hidden page had lost its canvas and is shown again', async () => {
    const whole = await show('density', 'cpu');
    await page.locator('#plot canvas').evaluate((canvas) => {
      (canvas as HTMLCanvasElement).width += 0;
    });
    await becomesOther(whole);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await becomesEqual(whole);
  });
  test('while memory is short, and once there is enough again', async () => {
    const whole = await show('density', 'webgpu');
    await applyPressure('critical');
    await wheel(MIDDLE, 4);
    await becomesOther(whole);
    await page.mouse.dblclick(MIDDLE.x, MIDDLE.y);
    await page.mouse.move(BESIDE.x, BESIDE.y);
    await becomesEqual(whole);
    await applyPressure('normal');
    await wheel(MIDDLE, 4);
    await becomesOther(whole);
    expect(faults).toEqual([]);
  });
});

function axisLabels(anchor: 'middle' | 'end'): Promise<readonly string[]> {
  return page.locator(`#plot .axes text[text-anchor=${anchor}]`).allTextContents();
}

async function drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
  await page.clock.fastForward(GESTURE_PAUSE_MS);
}
