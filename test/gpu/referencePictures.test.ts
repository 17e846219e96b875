import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { PNG } from 'pngjs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromRepository } from '../../extension/build/paths.ts';
import { galleryPlots } from '../gallery/galleryPlots.ts';
import { plotOfFile } from '../gallery/plotOfFile.ts';
import { launchChromium } from '../support/chromium.ts';
import { differentShare, inkShare } from '../support/pixels.ts';
import type { Showing } from '../support/plotPage/page.ts';
import { servePlotPage, type PlotPageServer } from '../support/plotPage/servePlotPage.ts';
import { ReferenceDuckdb } from '../support/referenceDuckdb.ts';

/**
 * The data layer of every plot type on the CPU tier beside a stored picture. Axes and texts are not compared: they depend
 * on the fonts of a machine. `PIKA_RENEW_PICTURES=1 npx vitest run --project gpu test/gpu/referencePictures.test.ts` stores the
 * pictures anew; look at them before they are committed.
 */
const IS_RENEWED = process.env['PIKA_RENEW_PICTURES'] === '1';
const SIZE = { widthPx: 380, heightPx: 260 };
/** Share of pixels of which a channel may differ by more than 48 of 255: another version of the browser draws soft edges otherwise. */
const TOLERATED_SHARE = 0.01;
/** Three million rows take a test too long; a small plot with as many parts stands for it. */
const plots = galleryPlots.filter(({ file }) => file !== 'flights-3m.parquet');

let duckdb: ReferenceDuckdb;
let server: PlotPageServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [duckdb, server, browser] = await Promise.all([ReferenceDuckdb.open(), servePlotPage(), launchChromium('none')]);
  page = await browser.newPage({ viewport: { width: 480, height: 320 }, deviceScaleFactor: 1 });
  await page.goto(server.url);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** The canvas of a plot, without what lies over and beside it. */
async function dataLayer(plot: Showing['plot']): Promise<PNG> {
  const showing: Showing = { plot, renderer: 'cpu', theme: 'light', ...SIZE };
  await page.evaluate(
    (all) => (window as unknown as { showPlot(showing: Showing): Promise<unknown> }).showPlot(all),
    showing,
  );
  const address = await page.locator('#plot canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  return flattened(PNG.sync.read(Buffer.from(address.split(',')[1] ?? '', 'base64')));
}

/** On white, so that only what is seen is compared. */
function flattened(picture: PNG): PNG {
  for (let at = 0; at < picture.data.length; at += 4) {
    const alpha = (picture.data[at + 3] ?? 0) / 255;
    for (const channel of [0, 1, 2]) {
      picture.data[at + channel] = Math.round((picture.data[at + channel] ?? 0) * alpha + 255 * (1 - alpha));
    }
    picture.data[at + 3] = 255;
  }
  return picture;
}

async function compare(name: string, drawn: PNG): Promise<void> {
  const path = fromRepository('test', 'fixtures', 'plots', `${name}.png`);
  if (IS_RENEWED) await writeFile(path, PNG.sync.write(drawn, { colorType: 2 }));
  expect(existsSync(path), `${path} is missing`).toBe(true);
  const stored = PNG.sync.read(await readFile(path));
  expect([drawn.width, drawn.height]).toEqual([stored.width, stored.height]);
  expect(inkShare(drawn)).toBeGreaterThan(0.01);
  expect(differentShare(drawn, stored)).toBeLessThanOrEqual(TOLERATED_SHARE);
}

test.each(plots)('$name looks as it is stored', async (plot) => {
  const { header, batches } = await plotOfFile(duckdb, plot, SIZE);
  const sent = { header, batches: batches.map((bytes) => Buffer.from(bytes).toString('base64')) };
  await compare(plot.name, await dataLayer(sent));
});

test.each(['density', 'lineDense'])('%s of many rows looks as it is stored', async (name) => {
  await compare(`${name}-rows`, await dataLayer(name));
});
