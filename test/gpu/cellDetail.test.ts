import { PNG } from 'pngjs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DetailQuestion } from '#common/plot/detailQuestion';
import type { PlotSpec } from '#common/plot/plotSpec';
import { ipcOf, plotOfRelation, type SentPlot } from '../gallery/plotOfFile.ts';
import { launchChromium } from '../support/chromium.ts';
import { differentShare, inkShare } from '../support/pixels.ts';
import type { Showing, Shown } from '../support/plotPage/page.ts';
import { servePlotPage, type PlotPageServer } from '../support/plotPage/servePlotPage.ts';
import { ReferenceDuckdb } from '../support/referenceDuckdb.ts';

const SIZE = { widthPx: 420, heightPx: 280 };
const WAIT = { timeout: 40_000, interval: 100 };
const MIDDLE = { x: 205, y: 130 };
const BESIDE = { x: 479, y: 319 };
const POINTS: PlotSpec = { mark: 'point', x: { field: 'x' }, y: { field: 'y' } };
const SPECS: Readonly<Record<string, PlotSpec>> = {
  'cells by their rows': POINTS,
  'cells by a mean': { ...POINTS, color: { field: 'z', aggregate: 'mean' } },
  bars: { mark: 'bar', x: { field: 'x', bin: true }, y: { aggregate: 'count' } },
};
/** A band with a wave in it that cells of the whole plot are too wide for. */
const RELATION = `(SELECT i / 20000 + sin(i) / 500 AS x, sin(i / 800) / 2 + cos(i * 3) / 60 + (i % 2) / 3 AS y, i % 40 AS z
  FROM range(200000) AS r(i))`;
const COLUMN_NAMES = ['cell', 'count', 'low', 'high', 'above', 'below'];

let server: PlotPageServer;
let browser: Browser;
let page: Page;
let duckdb: ReferenceDuckdb;
let shown: SentPlot;
const asked: DetailQuestion[] = [];
/** What DuckDB fails of instead of answering. */
let refusal: string | null = null;

beforeAll(async () => {
  [server, browser, duckdb] = await Promise.all([
    servePlotPage(),
    launchChromium('software-webgpu'),
    ReferenceDuckdb.open(),
  ]);
  page = await browser.newPage({ viewport: { width: 480, height: 320 } });
  await page.exposeFunction('readDetail', async (question: DetailQuestion) => {
    asked.push(question);
    if (refusal !== null) throw new Error(refusal);
    const rows = await duckdb.texts(shown.detailSql?.(question) ?? '');
    const names = { rows: ['x', 'y', 'color'], bins: ['bin', 'count'], cells: COLUMN_NAMES, line: [] }[question.kind];
    return Buffer.from(
      ipcOf(
        names.slice(0, rows[0]?.length),
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
const note = (): Promise<string> => page.locator('#plot').innerText();

async function show(plot: SentPlot, renderer: Showing['renderer'], hasDetail: boolean): Promise<PNG> {
  shown = plot;
  asked.length = 0;
  const sent = { header: plot.header, batches: plot.batches.map((bytes) => Buffer.from(bytes).toString('base64')) };
  const showing: Showing = { plot: sent, renderer, theme: 'light', ...SIZE, hasDetail };
  await page.mouse.move(BESIDE.x, BESIDE.y);
  await page.evaluate(
    (all) => (window as unknown as { showPlot(showing: Showing): Promise<Shown> }).showPlot(all),
    showing,
  );
  return settled();
}

async function zoom(at: { x: number; y: number }, turns: number): Promise<void> {
  await page.mouse.move(at.x, at.y);
  for (let turn = 0; turn < turns; turn += 1) await page.mouse.wheel(0, -300);
  await page.mouse.move(BESIDE.x, BESIDE.y);
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

describe.each(['cpu', 'webgpu'] as const)('a plot that DuckDB counts, drawn by %s', (renderer) => {
  test.each(Object.entries(SPECS))('shows %s as finely as a plot of all rows once it is zoomed', async (_, spec) => {
    const exact = await plotOfRelation(duckdb, RELATION, spec, SIZE);
    const coarse = await plotOfRelation(duckdb, RELATION, spec, { ...SIZE, maxColumnRows: 1000 });
    await show(exact, renderer, false);
    await zoom(MIDDLE, 2);
    const expected = await settled();
    expect(inkShare(expected)).toBeGreaterThan(0.02);
    await show(coarse, renderer, false);
    await zoom(MIDDLE, 2);
    expect(differentShare(await settled(), expected)).toBeGreaterThan(0.05);
    expect(await note()).toContain('of the whole plot, enlarged');
    const whole = await show(coarse, renderer, true);
    expect(asked).toEqual([]);
    await zoom(MIDDLE, 2);
    await expect.poll(async () => differentShare(await picture(), expected), WAIT).toBeLessThan(0.005);
    expect(asked.length).toBeGreaterThan(0);
    expect(await note()).not.toContain('enlarged');
    const askedBefore = asked.length;
    await page.mouse.dblclick(MIDDLE.x, MIDDLE.y);
    await page.mouse.move(BESIDE.x, BESIDE.y);
    await expect.poll(async () => whole.data.equals((await picture()).data), WAIT).toBe(true);
    expect(asked.length).toBe(askedBefore);
  });
  test('draws its rows one by one where few of them are in view, as a plot of all rows does', async () => {
    const exact = await plotOfRelation(duckdb, RELATION, POINTS, SIZE);
    const coarse = await plotOfRelation(duckdb, RELATION, POINTS, { ...SIZE, maxColumnRows: 1000 });
    await show(exact, renderer, false);
    await zoom(MIDDLE, 6);
    const expected = await settled();
    expect(inkShare(expected)).toBeGreaterThan(0.02);
    await show(coarse, renderer, true);
    await zoom(MIDDLE, 6);
    await expect.poll(async () => differentShare(await picture(), expected), WAIT).toBeLessThan(0.005);
    expect(asked.at(-1)?.kind).toBe('rows');
  });
  test('says why a window has no more detail, keeps its picture, and asks again for the next', async () => {
    const coarse = await plotOfRelation(duckdb, RELATION, POINTS, { ...SIZE, maxColumnRows: 1000 });
    await show(coarse, renderer, true);
    refusal = 'The engine has ended.';
    await zoom(MIDDLE, 2);
    await expect.poll(note, WAIT).toContain('enlarged; no more detail: The engine has ended.');
    expect(inkShare(await settled())).toBeGreaterThan(0.02);
    refusal = null;
    await zoom(MIDDLE, 1);
    await expect.poll(note, WAIT).not.toContain('enlarged');
  });
});
