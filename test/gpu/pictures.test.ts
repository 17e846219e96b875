import { PNG } from 'pngjs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PictureLook } from '#common/plot/picture';
import { launchChromium } from '../support/chromium.ts';
import type { PageTheme } from '../support/plotPage/themes.ts';
import { differentShare } from '../support/pixels.ts';
import { samplePlots } from '../support/plotPage/samplePlots.ts';
import { servePlotPage, type PlotPageServer } from '../support/plotPage/servePlotPage.ts';

type Look = PictureLook & { readonly theme: PageTheme; readonly isolated?: number };

const LOOK: Look = { widthPx: 420, heightPx: 280, scale: 2, palette: 'paper', hasBackground: true, theme: 'dark' };
const HOSTILE = '<script>alert(1)</script> & "quotes" \u0000 \ud800';

let server: PlotPageServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await servePlotPage();
  browser = await launchChromium('none');
  page = await browser.newPage();
  await page.goto(server.url);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function pictures(plot: string, look: Partial<Look> = {}, title: string | null = null) {
  const drawn = await page.evaluate(
    (all) =>
      (window as unknown as { drawPictures(...all: unknown[]): Promise<{ svg: string; png: string }> }).drawPictures(
        ...all,
      ),
    [plot, { ...LOOK, ...look }, title] as const,
  );
  return { svg: drawn.svg, png: PNG.sync.read(Buffer.from(drawn.png.split(',')[1] ?? '', 'base64')) };
}

/** What a strict XML reader finds in an SVG file. */
function readXml(svg: string) {
  return page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml');
    const count = (selector: string) => root.querySelectorAll(selector).length;
    return {
      isWellFormed: count('parsererror') === 0,
      scripts: count('script'),
      images: count('image'),
      circles: count('svg > svg circle, g > svg circle'),
      rects: count('g > svg rect'),
      paths: count('g > svg path'),
      title: root.querySelector('title')?.textContent,
      words: root.documentElement.textContent,
    };
  }, svg);
}

/** What a browser shows of an SVG file, in two device pixels per pixel. */
async function screenshotOf(svg: string): Promise<PNG> {
  const shown = await browser.newPage({ viewport: { width: 420, height: 280 }, deviceScaleFactor: 2 });
  await shown.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  const picture = await shown.screenshot();
  await shown.close();
  return PNG.sync.read(picture);
}

const pixelAt = ({ data }: PNG, index: number) => [...data.subarray(4 * index, 4 * index + 4)];

describe('a plot as a picture', () => {
  test('has the asked number of pixels, and the colours of paper in a dark theme', async () => {
    const { png } = await pictures('bars', { scale: 3 });
    expect([png.width, png.height, pixelAt(png, 0)]).toEqual([1260, 840, [255, 255, 255, 255]]);
  });

  test('has the colours of the theme where they are asked for, and no background where none is', async () => {
    const themed = await pictures('bars', { palette: 'theme', theme: 'highContrast' });
    const clear = await pictures('bars', { hasBackground: false });
    expect([pixelAt(themed.png, 0)[3], pixelAt(clear.png, 0)]).toEqual([255, [0, 0, 0, 0]]);
    expect(themed.svg).toContain('#6fc3ff');
    expect(clear.svg).not.toContain('#6fc3ff');
  });

  test('draws few marks as vectors, as many as there are', async () => {
    const read = async (plot: string) => readXml((await pictures(plot)).svg);
    const [points, bars, line] = [await read('points'), await read('bars'), await read('line')];
    const { header } = samplePlots['points']?.() ?? {};
    expect(points).toMatchObject({ isWellFormed: true, images: 0, circles: header?.drawableCount });
    expect(bars).toMatchObject({ isWellFormed: true, images: 0, rects: 6 });
    // Two series, the second with a gap.
    expect(line).toMatchObject({ isWellFormed: true, images: 0, paths: 3 });
  });

  test('draws cells and many marks as one image', async () => {
    for (const plot of ['density', 'densityAggregated']) {
      const { svg } = await pictures(plot);
      expect(await readXml(svg)).toMatchObject({ isWellFormed: true, images: 1, paths: 0 });
      expect(svg).toContain('href="data:image/png;base64,');
    }
  });

  test('thins a line of 50,000 rows to vectors that look like all of its rows', async () => {
    const { svg, png } = await pictures('lineDense');
    expect(await readXml(svg)).toMatchObject({ isWellFormed: true, images: 0, paths: 1 });
    const corners = [...svg.matchAll(/ d="(M[^"]*)"/g)].map(([, path = '']) => path.split(/[ML]/).length - 1);
    expect(Math.max(...corners)).toBe(5000);
    expect(differentShare(await screenshotOf(svg), png)).toBeLessThan(0.05);
  });

  test('shows an isolated series alone', async () => {
    const { svg } = await pictures('line', { isolated: 0 });
    expect(await readXml(svg)).toMatchObject({ paths: 1 });
  });

  test('writes text as text, whatever it holds, and refers to nothing outside', async () => {
    const { svg } = await pictures('points', {}, HOSTILE);
    const read = await readXml(svg);
    expect(read).toMatchObject({ isWellFormed: true, scripts: 0, title: HOSTILE.replace(/[\0\ud800]/g, '\uFFFD') });
    expect(svg).not.toMatch(/var\(|style=|url\((?!#)|http(?!:\/\/www\.w3\.org\/2000\/svg)/);
  });

  test('says so where there is nothing to draw', async () => {
    const { svg, png } = await pictures('empty');
    expect((await readXml(svg)).words).toContain('No finite values to plot');
    expect(png.width).toBe(840);
  });
});
