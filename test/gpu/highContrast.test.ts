import { PNG } from 'pngjs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plotOfRelation } from '../gallery/plotOfFile.ts';
import { launchChromium } from '../support/chromium.ts';
import type { Showing } from '../support/plotPage/page.ts';
import { servePlotPage, type PlotPageServer } from '../support/plotPage/servePlotPage.ts';
import { pageThemes, type PageTheme } from '../support/plotPage/themes.ts';
import { ReferenceDuckdb } from '../support/referenceDuckdb.ts';

const SIZE = { widthPx: 420, heightPx: 280 };
const SERIES = 8;
/** What WCAG 2.1 asks of the parts of a picture that have to be told from what lies beside them (1.4.11). */
const LEAST_CONTRAST = 3;

let server: PlotPageServer;
let browser: Browser;
let page: Page;
let duckdb: ReferenceDuckdb;

beforeAll(async () => {
  [server, browser, duckdb] = await Promise.all([servePlotPage(), launchChromium('none'), ReferenceDuckdb.open()]);
  page = await browser.newPage({ viewport: { width: 480, height: 320 }, deviceScaleFactor: 1 });
  await page.goto(server.url);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** The colours of the canvas over the theme's background that at least `leastPixels` pixels have. */
async function colorsOnCanvas(background: string, leastPixels: number): Promise<readonly string[]> {
  const address = await page.locator('#plot canvas').evaluate((canvas: HTMLCanvasElement, below) => {
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const context = copy.getContext('2d');
    if (context) context.fillStyle = below;
    context?.fillRect(0, 0, copy.width, copy.height);
    context?.drawImage(canvas, 0, 0);
    return copy.toDataURL();
  }, background);
  const { data } = PNG.sync.read(Buffer.from(address.split(',')[1] ?? '', 'base64'));
  const counts = new Map<string, number>();
  for (let at = 0; at < data.length; at += 4) {
    const color = `#${data.subarray(at, at + 3).toString('hex')}`;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return [...counts].filter(([color, count]) => count >= leastPixels && color !== background).map(([color]) => color);
}

/** Relative luminance, by WCAG 2.1. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((first, second) => first - second);
  return (high + 0.05) / (low + 0.05);
}

test.each<PageTheme>(['highContrast', 'highContrastLight'])(
  'the discs of every category stand out from the background in %s',
  async (theme) => {
    // A lattice of discs that do not touch each other.
    const relation = `(SELECT i % 20 AS x, i // 20 AS y, 'k' || i % ${SERIES} AS k FROM range(320) AS r(i))`;
    const spec = {
      mark: 'point',
      x: { field: 'x' },
      y: { field: 'y' },
      color: { field: 'k', type: 'nominal' },
    } as const;
    const { header, batches } = await plotOfRelation(duckdb, relation, spec, SIZE);
    const plot = { header, batches: batches.map((bytes) => Buffer.from(bytes).toString('base64')) };
    const showing: Showing = { plot, renderer: 'cpu', theme, ...SIZE };
    await page.evaluate(
      (all) => (window as unknown as { showPlot(showing: Showing): Promise<unknown> }).showPlot(all),
      showing,
    );
    const { background } = pageThemes[theme];
    const colors = await colorsOnCanvas(background, 320);
    expect(colors).toHaveLength(SERIES);
    const contrasts = colors.map((color) => contrast(color, background));
    expect(Math.min(...contrasts)).toBeGreaterThan(LEAST_CONTRAST);
  },
);
