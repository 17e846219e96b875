import { PNG } from 'pngjs';
import type { Browser, Page } from 'playwright-core';
import { countColours, differentShare, inkShare } from '../../support/pixels.ts';
import type { BenchData } from './benchData.ts';
import { PICTURE } from './contestant.ts';
import type { Bench, ContestantName } from './page.ts';

/** What a contestant did in one contest: times in milliseconds, or why there are none. */
export type Outcome =
  { readonly first: readonly number[]; readonly pan: readonly number[] } | { readonly failure: string };

/** How long and how often is measured. */
export interface ContestLimits {
  readonly secondsEach: number;
  readonly rounds: number;
  readonly panSteps: number;
}

const WARM_UP_STEPS = 2;
/** Share of pixels that are not background, and that a pan changes, at least: a blank or a frozen canvas has none. */
const LEAST_INK = 0.005;
const LEAST_CHANGE = 0.001;

type BenchWindow = Window & { bench: Bench };

/** Measures one contestant on fresh pages, round by round, until the rounds or its time are over. */
export async function runContest(
  browser: Browser,
  url: string,
  contest: { readonly name: ContestantName; readonly kind: BenchData['kind']; readonly rows: number },
  limits: ContestLimits,
): Promise<Outcome> {
  const deadlineMs = performance.now() + limits.secondsEach * 1000;
  const first: number[] = [];
  const pan: number[] = [];
  for (let round = 0; round < limits.rounds && (round === 0 || performance.now() < deadlineMs); round += 1) {
    const page = await browser.newPage({ viewport: { width: PICTURE.widthPx, height: PICTURE.heightPx } });
    try {
      page.setDefaultTimeout(limits.secondsEach * 1000);
      await page.goto(url);
      const times = await withinLimit(measure(page, contest, limits.panSteps), deadlineMs);
      first.push(times.first);
      pan.push(...times.pan);
    } catch (error) {
      if (first.length > 0) break;
      return { failure: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
    } finally {
      await page.close({ runBeforeUnload: false });
    }
  }
  return { first, pan };
}

async function measure(
  page: Page,
  { name, kind, rows }: { readonly name: ContestantName; readonly kind: BenchData['kind']; readonly rows: number },
  panSteps: number,
): Promise<{ readonly first: number; readonly pan: readonly number[] }> {
  const first = await page.evaluate(
    ([which, what, count]) => (window as unknown as BenchWindow).bench.first(which, what, count),
    [name, kind, rows] as const,
  );
  const whole = await pictureOf(page);
  if (inkShare(whole) < LEAST_INK || countColours(whole) < 2) throw new Error('blank picture');
  const pan: number[] = [];
  let before = whole;
  for (let step = 0; step < WARM_UP_STEPS + panSteps; step += 1) {
    const ms = await page.evaluate((at) => (window as unknown as BenchWindow).bench.pan(at), step);
    if (step >= WARM_UP_STEPS) pan.push(ms);
    if (step === 0) {
      const now = await pictureOf(page);
      if (differentShare(before, now) < LEAST_CHANGE) throw new Error('picture does not move');
      before = now;
    }
  }
  const last = await pictureOf(page);
  if (inkShare(last) < LEAST_INK || differentShare(before, last) < LEAST_CHANGE)
    throw new Error('picture does not move');
  return { first, pan };
}

async function pictureOf(page: Page): Promise<PNG> {
  return PNG.sync.read(await page.locator('#host').screenshot());
}

async function withinLimit<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('timed out')), Math.max(1, deadlineMs - performance.now()));
  });
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
