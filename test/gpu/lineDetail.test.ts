import { PNG } from 'pngjs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DetailQuestion } from '#common/plot/detailQuestion';
import type { PlotSpec } from '#common/plot/plotSpec';
import { ipcOf, plotOfRelation, type SentPlot } from '../gallery/plotOfFile.ts';
import { launchChromium } from '../support/chromium.ts';
import { differentShare } from '../support/pixels.ts';
import type { Showing, Shown } from '../support/plotPage/page.ts';
import { servePlotPage, type PlotPageServer } from '../support/plotPage/servePlotPage.ts';
import { ReferenceDuckdb } from '../support/referenceDuckdb.ts';

const SIZE = { widthPx: 420, heightPx: 280 };
const WAIT = { timeout: 40_000, interval: 100 };
const MIDDLE = { x: 215, y: 130 };
const SPEC: PlotSpec = { mark: 'line', x: { field: 'x' }, y: { field: 'y' } };
/** A wave far finer than a pixel of the whole, and two single samples that stand out. */
const RELATION = `(SELECT i AS x, sin(i / 40) + CASE WHEN i IN (29800, 30300) THEN 3 ELSE 0 END AS y
  FROM range(60000) AS r(i))`;

let server: PlotPageServer;
let browser: Browser;
let page: Page;
let duckdb: ReferenceDuckdb;
let coarse: SentPlot;
let exact: SentPlot;
const asked: DetailQuestion[] = [];

beforeAll(async () => {
  [server, browser, duckdb] = await Promise.all([
    servePlotPage(),
    launchChromium('software-webgpu'),
    ReferenceDuckdb.open(),
  ]);
  page = await browser.newPage({ viewport: { width: 480, height: 320 } });
  coarse = await plotOfRelation(duckdb, RELATION, SPEC, { ...SIZE, maxColumnRows: 1000 });
  exact = await plotOfRelation(duckdb, RELATION, SPEC, SIZE);
  await page.exposeFunction('readDetail', async (question: DetailQuestion) => {
    asked.push(question);
    const rows = await duckdb.texts(coarse.detailSql?.(question) ?? '');
    return Buffer.from(
      ipcOf(
        ['x', 'y', 'series'],
        rows.map((row) => row.map(Number)),
      ),
    ).toString('base64');
  });
  await page.goto(server.url);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const picture = async (): Promise<PNG> => PNG.sync.read(await page.locator('#plot .marks').screenshot());

async function showZoomed(plot: SentPlot, renderer: Showing['renderer'], hasDetail: boolean): Promise<void> {
  const sent = { header: plot.header, batches: plot.batches.map((bytes) => Buffer.from(bytes).toString('base64')) };
  const showing: Showing = { plot: sent, renderer, theme: 'light', ...SIZE, hasDetail };
  await page.mouse.move(479, 319);
  await page.evaluate(
    (all) => (window as unknown as { showPlot(showing: Showing): Promise<Shown> }).showPlot(all),
    showing,
  );
  await page.mouse.move(MIDDLE.x, MIDDLE.y);
  // Along x alone: over the labels below the plot.
  await page.mouse.move(MIDDLE.x, 262);
  for (let turn = 0; turn < 8; turn += 1) await page.mouse.wheel(0, -300);
  await page.mouse.move(479, 319);
}

async function settled(): Promise<PNG> {
  let before = await picture();
  for (;;) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const now = await picture();
    if (now.data.equals(before.data)) return now;
    before = now;
  }
}

describe.each(['cpu', 'webgpu'] as const)('a line that DuckDB aggregates, drawn by %s', (renderer) => {
  test('looks like the line of all rows once it is zoomed', async () => {
    await showZoomed(exact, renderer, false);
    const expected = await settled();
    await showZoomed(coarse, renderer, false);
    expect(differentShare(await settled(), expected)).toBeGreaterThan(0.02);
    asked.length = 0;
    await showZoomed(coarse, renderer, true);
    // Cells of the stretch are no columns of pixels, so soft edges differ.
    await expect.poll(async () => differentShare(await picture(), expected), WAIT).toBeLessThan(0.015);
    expect(asked.length).toBeGreaterThan(0);
  });
});
