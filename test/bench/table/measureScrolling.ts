import { launchChromium } from '../../support/chromium.ts';
import { serveHarness } from '../../support/webviewHarness/serveHarness.ts';
import { quantile } from '../engine/timing.ts';
import type { ReportRow } from '../engine/report.ts';

const ROWS = 10_000;
const ROWS_PER_FRAME = 20;
const ROW_PX = 22;
const P95 = 0.95;
const MS_PER_S = 1000;

/**
 * The time of a frame while a table is scrolled through 10,000 rows, in the page as it is shipped, and how much of it the
 * page's main thread works; the rest is drawing and waiting for the display's clock.
 */
export async function measureScrolling(): Promise<readonly ReportRow[]> {
  const [server, browser] = await Promise.all([serveHarness(), launchChromium('none')]);
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 980 } });
    await page.goto(`${server.url}?scenario=flights`);
    const grid = page.locator('[role="grid"]').first();
    await grid.locator('[role="gridcell"]:not(.pending)').first().waitFor();
    await page.waitForFunction(() => !document.querySelector('[data-node-kind=plot]:not([data-state=done])'));
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    const workMs = async () => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return MS_PER_S * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
    };
    const before = await workMs();
    const frames = await grid.evaluate(scrollThrough, { rows: ROWS, step: ROWS_PER_FRAME * ROW_PX, rowPx: ROW_PX });
    const perFrameMs = ((await workMs()) - before) / frames.length;
    const [median, slow] = [quantile(frames, 0.5), quantile(frames, P95)];
    const measured = `${median.toFixed(1)} ms, p95 ${slow.toFixed(1)} ms`;
    return [
      [`a frame while ${ROWS.toLocaleString('en-US')} rows scroll by`, measured, '', '', '≤ 16.7 ms'],
      ['of which the page works', `${perFrameMs.toFixed(1)} ms`, '', '', ''],
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Runs in the page. */
function scrollThrough(
  grid: Element,
  { rows, step, rowPx }: { rows: number; step: number; rowPx: number },
): Promise<number[]> {
  return new Promise((resolve) => {
    const times: number[] = [];
    let before = performance.now();
    let scrolledPx = 0;
    const frame = (now: number) => {
      times.push(now - before);
      before = now;
      scrolledPx += step;
      grid.scrollTop = scrolledPx;
      if (scrolledPx < rows * rowPx) requestAnimationFrame(frame);
      else resolve(times.slice(1));
    };
    requestAnimationFrame(frame);
  });
}
