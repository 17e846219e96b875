import { expect, test } from 'vitest';
import { cancelledError } from '#common/base/pikaError';
import type { RowsPage } from '#common/protocol/webviewContract';
import { RowPages, windowsOf, type PageWindow } from '../../../webview/table/rowPages.ts';
import { FLIGHTS, pageOf } from '../../support/webviewHarness/sampleTables.ts';

interface Request {
  readonly window: PageWindow;
  readonly signal: AbortSignal;
  answer(): void;
  fail(error: Error): void;
}

function openPages(table = FLIGHTS) {
  const requests: Request[] = [];
  const errors: unknown[] = [];
  let pageCount = 0;
  const pages = new RowPages({
    read: (window, signal) =>
      new Promise<RowsPage>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(cancelledError()));
        requests.push({
          window,
          signal,
          answer: () => resolve({ ...pageOf(table, window), generation: 1 }),
          fail: reject,
        });
      }),
    onPage: () => pageCount++,
    onError: (error) => errors.push(error),
  });
  return { pages, requests, errors, count: () => pageCount };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const FIRST = { firstRow: 0, endRow: 20 };
const COLUMNS = [0, 1, 2, 3, 4, 5];

test('cells are the texts of the table, nulls and empty texts apart', async () => {
  const { pages, requests } = openPages();
  expect(pages.text(3, 1)).toBe(undefined);
  pages.show(FIRST, COLUMNS);
  requests[0]?.answer();
  await settle();
  const cells = [0, 2, 3].map((row) => [0, 1, 4].map((column) => pages.text(row, column)));
  expect(cells).toEqual([0, 2, 3].map((row) => [0, 1, 4].map((column) => FLIGHTS.cell(row, column))));
  expect([pages.text(3, 1), pages.text(2, 4)]).toEqual([null, '']);
});

test('a page is asked for once, and again only when it was dropped', async () => {
  const { pages, requests, count } = openPages();
  pages.show(FIRST, COLUMNS);
  pages.show(FIRST, COLUMNS);
  requests[0]?.answer();
  await settle();
  pages.show(FIRST, COLUMNS);
  expect([requests.length, count()]).toEqual([1, 1]);
});

test('requests that scrolled out of view are cancelled without an error, and can be made again', async () => {
  const { pages, requests, errors } = openPages();
  pages.show(FIRST, COLUMNS);
  pages.show({ ...FIRST, firstRow: 90_000, endRow: 90_020 }, COLUMNS);
  pages.show(FIRST, COLUMNS);
  await settle();
  expect(requests.map(({ window, signal }) => [window.rowOffset, signal.aborted])).toEqual([
    [0, true],
    [90_000, true],
    [0, false],
  ]);
  expect(errors).toEqual([]);
});

test('a failure is told once', async () => {
  const { pages, requests, errors } = openPages();
  pages.show(FIRST, COLUMNS);
  requests[0]?.fail(new Error('gone'));
  await settle();
  expect(errors).toEqual([new Error('gone')]);
});

test('the known rows end with the first page that is not full', async () => {
  const { pages, requests } = openPages({ ...FLIGHTS, rowCount: 350 });
  const known = [pages.knownRows];
  for (const [index, firstRow] of [0, 200].entries()) {
    pages.show({ ...FIRST, firstRow, endRow: firstRow + 20 }, COLUMNS);
    requests[index]?.answer();
    await settle();
    known.push(pages.knownRows);
  }
  expect(known).toEqual([200, 400, 350]);
});

test('the raster of pages covers the columns in view wherever they stand in the table', () => {
  const windows = windowsOf({ firstRow: 195, endRow: 205 }, [4_991, 4_992, 3]);
  expect(windows.map(({ rowOffset, columnOffset }) => [rowOffset, columnOffset])).toEqual([
    [0, 4_928],
    [0, 4_992],
    [0, 0],
    [200, 4_928],
    [200, 4_992],
    [200, 0],
  ]);
});

test('cleared pages are asked for again', async () => {
  const { pages, requests } = openPages();
  pages.show(FIRST, COLUMNS);
  requests[0]?.answer();
  await settle();
  pages.clear();
  expect(pages.text(0, 0)).toBe(undefined);
  pages.show(FIRST, COLUMNS);
  expect(requests.length).toBe(2);
});
