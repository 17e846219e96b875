import type { Browser, Page } from 'playwright-core';
import { keystrokeTimes, moveFrames, type Gesture } from './gestures.ts';
import { watchForNodes } from './pageScript.ts';
import { spreadOf, type Spread } from './spread.ts';

const VIEW = { width: 1600, height: 980 };
const REPEATS = 5;
const KEYS = 40;

interface Named {
  readonly name: string;
  readonly times: Spread;
}

/** What one workspace costs on screen. */
export interface CanvasFigures {
  readonly loads: readonly Named[];
  /** Times of single frames. */
  readonly gestures: readonly Named[];
  readonly keystroke: Spread;
}

const LOADS: readonly (readonly [name: string, viewport: object | null])[] = [
  ['open with everything in view', null],
  ['open at 100 %, tables and plots drawn', { x: -4000, y: -2240, zoom: 1 }],
];

const GESTURES: readonly (readonly [name: string, gesture: Gesture])[] = [
  ['pan at 100 %', { kind: 'pan', zoom: 1 }],
  ['pan at 50 %', { kind: 'pan', zoom: 0.5 }],
  ['pan with everything in view', { kind: 'pan', zoom: 'fit' }],
  ['zoom in from everything and out', { kind: 'zoom' }],
  ['drag a node at 50 %', { kind: 'drag', zoom: 0.5 }],
];

/** Opens a scenario of the harness several times, then moves through it. */
export async function measureCanvas(browser: Browser, url: string, scenario: string): Promise<CanvasFigures> {
  const loads: Named[] = [];
  for (const [name, viewport] of LOADS) {
    const state = viewport === null ? '' : `&state=${encodeURIComponent(JSON.stringify({ viewport }))}`;
    const times = await repeated(async () => {
      const page = await open(browser, `${url}?scenario=${scenario}${state}`);
      const ms = await page.evaluate(() => window.drawnAtMs);
      await page.close();
      return [ms];
    });
    loads.push({ name, times });
  }
  const page = await open(browser, `${url}?scenario=${scenario}`);
  const gestures: Named[] = [];
  for (const [name, gesture] of GESTURES) {
    gestures.push({ name, times: await repeated(() => moveFrames(page, gesture)) });
  }
  const keystroke = await repeated(() => keystrokeTimes(page, KEYS));
  await page.close();
  return { loads, gestures, keystroke };
}

/** Once to warm up, then the repeats that count. */
async function repeated(measure: () => Promise<number[]>): Promise<Spread> {
  await measure();
  const repeats: number[][] = [];
  for (let index = 0; index < REPEATS; index++) repeats.push(await measure());
  return spreadOf(repeats);
}

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEW });
  page.on('pageerror', (error) => console.error(error));
  await page.addInitScript(watchForNodes);
  await page.goto(url);
  await page.waitForFunction(() => window.drawnAtMs > 0);
  return page;
}
