import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fromRepository } from '../../extension/build/paths.ts';
import { launchChromium } from '../support/chromium.ts';
import type { PageTheme } from '../support/plotPage/themes.ts';
import type { Showing } from '../support/plotPage/page.ts';
import { servePlotPage } from '../support/plotPage/servePlotPage.ts';
import { ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { galleryPlots } from './galleryPlots.ts';
import { galleryPage } from './galleryPage.ts';
import { plotOfFile } from './plotOfFile.ts';

const SIZE = { widthPx: 380, heightPx: 260 };
const PIXEL_RATIO = 2;

const { values } = parseArgs({ options: { theme: { type: 'string', default: 'light' }, out: { type: 'string' } } });
const theme = values.theme as PageTheme;
const target = values.out ?? fromRepository('media', 'gallery.png');

const duckdb = await ReferenceDuckdb.open();
const server = await servePlotPage();
const browser = await launchChromium('none');
try {
  const page = await browser.newPage({ deviceScaleFactor: PIXEL_RATIO, viewport: { width: 1200, height: 800 } });
  await page.goto(server.url);
  const pictures: { title: string; png: Buffer }[] = [];
  for (const plot of galleryPlots) {
    const { header, batches } = await plotOfFile(duckdb, plot, SIZE);
    const sent = { header, batches: batches.map((bytes) => Buffer.from(bytes).toString('base64')) };
    const showing: Showing = { plot: sent, renderer: 'cpu', theme, ...SIZE };
    await page.evaluate(
      (all) => (window as unknown as { showPlot(showing: Showing): Promise<unknown> }).showPlot(all),
      showing,
    );
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    pictures.push({ title: header.title, png: await page.locator('#plot').screenshot() });
  }
  const sheet = await browser.newPage({ deviceScaleFactor: PIXEL_RATIO, viewport: { width: 1200, height: 800 } });
  await sheet.setContent(galleryPage(pictures, theme));
  await mkdir(fromRepository('media'), { recursive: true });
  await writeFile(target, await sheet.locator('main').screenshot());
  console.log(`${pictures.length} plots in ${target}`);
} finally {
  await browser.close();
  await server.close();
}
