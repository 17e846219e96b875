import { writeFile } from 'node:fs/promises';
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
/** Sharp on a page that shows the picture at half of its size, and a third smaller than at two. */
const PIXEL_RATIO = 1.6;
const VIEWPORT = { width: 1200, height: 800 };
const THEMES: readonly PageTheme[] = ['light', 'dark'];

interface TitledPicture {
  readonly title: string;
  readonly png: Buffer;
}

const duckdb = await ReferenceDuckdb.open();
const server = await servePlotPage();
const browser = await launchChromium('none');
try {
  const page = await browser.newPage({ deviceScaleFactor: PIXEL_RATIO, viewport: VIEWPORT });
  await page.goto(server.url);
  const pictures = new Map<PageTheme, TitledPicture[]>(THEMES.map((theme) => [theme, []]));
  for (const plot of galleryPlots) {
    const { header, batches } = await plotOfFile(duckdb, plot, SIZE);
    const sent = { header, batches: batches.map((bytes) => Buffer.from(bytes).toString('base64')) };
    for (const [theme, all] of pictures) {
      const showing: Showing = { plot: sent, renderer: 'cpu', theme, ...SIZE };
      await page.evaluate(
        (shown) => (window as unknown as { showPlot(showing: Showing): Promise<unknown> }).showPlot(shown),
        showing,
      );
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      all.push({ title: header.title, png: await page.locator('#plot').screenshot() });
    }
  }
  for (const [theme, all] of pictures) {
    const sheet = await browser.newPage({ deviceScaleFactor: PIXEL_RATIO, viewport: VIEWPORT });
    await sheet.setContent(galleryPage(all, theme));
    const target = fromRepository('media', `gallery-${theme}.png`);
    await writeFile(target, await sheet.locator('main').screenshot());
    console.log(`${all.length} plots in ${target}`);
  }
} finally {
  await browser.close();
  await server.close();
}
