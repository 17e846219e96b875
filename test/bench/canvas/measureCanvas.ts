import type { Browser, Page } from 'playwright-core';
import { keystrokeTimes, moveFrames, type Gesture } from './gestures.ts';
import { watchForNodes } from './pageScript.ts';
import { spreadOf, type Spread } from './spread.ts';

const VIEW = { width: 1600, height: 980 };
const REPEATS = 3;
const KEYS = 30;

/** Times of one thing that a workspace does on screen; of movements those of single frames. */
export interface CanvasFigure {
  readonly name: string;
  readonly kind: 'load' | 'complete' | 'frame' | 'key';
  readonly times: Spread;
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

/** Opens a scenario of the harness several times, then moves through it; each figure comes once it is measured. */
export async function* measureCanvas(browser: Browser, url: string, scenario: string): AsyncIterable<CanvasFigure> {
  for (const [name, viewport] of LOADS) {
    const state = viewport === null ? '' : `&state=${encodeURIComponent(JSON.stringify({ viewport }))}`;
    const completions: number[][] = [];
    const times = await repeated(async () => {
      const page = await open(browser, `${url}?scenario=${scenario}${state}`);
      const { drawnAtMs, completeAtMs } = await page.evaluate(() => ({
        drawnAtMs: window.drawnAtMs,
        completeAtMs: window.completeAtMs,
      }));
      await page.close();
      completions.push([completeAtMs]);
      return [drawnAtMs];
    });
    yield { name, kind: 'load', times };
    yield {
      name: 'until all nodes are there for keys and pointer',
      kind: 'complete',
      times: spreadOf(completions.slice(1)),
    };
  }
  const page = await open(browser, `${url}?scenario=${scenario}`);
  for (const [name, gesture] of GESTURES) {
    yield { name, kind: 'frame', times: await repeated(() => moveFrames(page, gesture)) };
  }
  yield { name: 'a key in a query', kind: 'key', times: await repeated(() => keystrokeTimes(page, KEYS)) };
  await page.close();
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
  await page.waitForFunction(() => window.completeAtMs > 0);
  return page;
}
