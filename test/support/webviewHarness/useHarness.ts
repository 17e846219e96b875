import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import { launchChromium } from '../chromium.ts';
import type { HeardCall } from './fakeHost.ts';

export const PAGE_SIZE = { width: 1600, height: 980 };

/** A page of the webview for the tests of a file, and what they ask of it. */
export interface Harness {
  /** Loads a scenario afresh and waits until its canvas is laid out. */
  open(scenario: string, more?: string): Promise<Page>;
  current(): Page;
  /** Parameters of the calls of a method that the host heard so far. */
  heard(method: string): Promise<unknown[]>;
  /** Waits until the host has heard a call so many times, and gives their parameters. */
  waitFor(method: string, count?: number): Promise<unknown[]>;
  /** The texts of the cells on screen by row and column of the whole table. */
  cellsOf(id: string): Promise<(readonly [row: number, column: number, text: string])[]>;
  waitForCell(id: string, row: number, column: number): Promise<void>;
}

/** Selects a node by its id. */
export function node(id: string): string {
  return `[data-node-id="${id}"]`;
}

/** One browser page for the tests of a file. After each test no policy was violated and nothing was logged. */
export function useHarness(): Harness {
  let browser: Browser;
  let page: Page;
  const launch = async () => {
    browser = await launchChromium('none');
    page = await browser.newPage({ viewport: PAGE_SIZE });
  };
  beforeAll(launch);
  beforeEach(async () => {
    if (!browser.isConnected()) await launch();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    const found = await page.evaluate(() => ({
      violations: window.harness.violations,
      logs: window.harness.host.logs,
    }));
    expect(found).toEqual({ violations: [], logs: [] });
  });

  const heard = async (method: string) => {
    const calls: readonly HeardCall[] = await page.evaluate(() => window.harness.host.calls);
    return calls.filter((call) => call.method === method).map(({ params }) => params);
  };
  return {
    current: () => page,
    heard,
    open: async (scenario, more = '') => {
      // Where the pointer was left would be hovered from the start.
      await page.mouse.move(0, 0);
      await page.goto(`${inject('harnessUrl')}?scenario=${scenario}${more}`);
      await page.waitForSelector('.bar');
      return page;
    },
    waitFor: async (method, count = 1) => {
      await page.waitForFunction(
        ([name, least]) => window.harness.host.calls.filter((call) => call.method === name).length >= least,
        [method, count] as const,
      );
      return heard(method);
    },
    cellsOf: (id) =>
      page.$$eval(`${node(id)} [role=gridcell]`, (cells) =>
        cells.map((cell) => {
          const row = Number(cell.parentElement?.getAttribute('aria-rowindex')) - 2;
          return [row, Number(cell.getAttribute('aria-colindex')) - 1, cell.textContent.trim()] as const;
        }),
      ),
    waitForCell: async (id, row, column) => {
      const cell = `[aria-rowindex="${row + 2}"] [aria-colindex="${column + 1}"]:not(.pending)`;
      await page.waitForSelector(`${node(id)} ${cell}`);
    },
  };
}
