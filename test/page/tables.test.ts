import { expect, test } from 'vitest';
import { FLIGHTS, WIDE } from '../support/webviewHarness/sampleTables.ts';
import { node, useHarness } from '../support/webviewHarness/useHarness.ts';

const { open, waitFor, cellsOf, waitForCell } = useHarness();

test('a table shows the very texts of its data, from the first row to the last of millions', async () => {
  const page = await open('flights');
  await waitForCell('late_table', 5, 0);
  await page.click(`${node('late_table')} header`);
  await page.focus(`${node('late_table')} [role=grid]`);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+End');
  const last = 2_914_206;
  await waitForCell('late_table', last, 8);
  const cells = await cellsOf('late_table');
  expect(cells.some(([row, column]) => row === last && column === 8)).toBe(true);
  const expected = cells.map(([row, column]) => [row, column, FLIGHTS.cell(row, column)?.trim() ?? 'null']);
  expect(cells).toEqual(expected);
  expect(await page.$$eval(`${node('late_table')} .null`, (nulls) => nulls.length)).toBe(
    cells.filter(([row, column]) => FLIGHTS.cell(row, column) === null).length,
  );
});

test('of a billion rows and ten thousand columns only the cells in view are drawn, up to the last one', async () => {
  const page = await open('wide');
  await waitForCell('wide_table', 0, 0);
  await page.$eval(`${node('wide_table')} [role=grid]`, (grid) => (grid.scrollLeft = grid.scrollWidth));
  await waitForCell('wide_table', 5, 9999);
  await page.click(`${node('wide_table')} header`);
  await page.focus(`${node('wide_table')} [role=grid]`);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+End');
  await waitForCell('wide_table', 999_999_999, 9999);
  await page.keyboard.press('ArrowUp');
  await page.waitForSelector(`${node('wide_table')} .cell.cursor[aria-colindex="10000"]`);
  const cells = await cellsOf('wide_table');
  expect(cells.length).toBeLessThan(600);
  expect(cells).toEqual(cells.map(([row, column]) => [row, column, WIDE.cell(row, column)]));
});

test('a pinned row stays in sight while the others scroll, until the rows are sorted', async () => {
  const page = await open('flights');
  await waitForCell('late_table', 4, 0);
  await page.click(`${node('late_table')} header`);
  await page.click(`${node('late_table')} [aria-rowindex="6"] [aria-colindex="1"]`, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Pin Row' }).click();
  const pinned = () =>
    page.$$eval(`${node('late_table')} .pins [role=row]`, (rows) =>
      rows.map((row) => row.getAttribute('aria-rowindex')),
    );
  expect(await pinned()).toEqual(['6']);
  await page.focus(`${node('late_table')} [role=grid]`);
  await page.keyboard.press('Control+End');
  await waitForCell('late_table', 2_914_206, 8);
  await page.click(`${node('late_table')} [aria-rowindex="2914208"] [aria-colindex="9"]`);
  await page.keyboard.press('Alt+p');
  expect(await pinned()).toEqual(['6', '2914208']);
  const texts = await page.$$eval(`${node('late_table')} .pins [role=gridcell]`, (cells) =>
    cells.map((cell) => [
      Number(cell.parentElement?.getAttribute('aria-rowindex')) - 2,
      Number(cell.getAttribute('aria-colindex')) - 1,
      cell.textContent.trim(),
    ]),
  );
  expect(texts.length).toBeGreaterThan(4);
  expect(texts).toEqual(
    texts.map(([row, column]) => [row, column, FLIGHTS.cell(Number(row), Number(column))?.trim() ?? 'null']),
  );
  await page.click(`${node('late_table')} [role=columnheader][aria-colindex="9"] .name`);
  await page.waitForFunction((id) => document.querySelector(`${id} .pins`) === null, node('late_table'));
});

test('a nested value opens as a tree with exact numbers, and closes back into the grid', async () => {
  const page = await open('flights');
  await waitForCell('late_table', 0, 0);
  await page.click(`${node('late_table')} header`);
  await page.focus(`${node('late_table')} [role=grid]`);
  await page.keyboard.press('ArrowDown');
  for (let column = 0; column < 6; column++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const viewer = page.locator(`${node('late_table')} .viewer`);
  await viewer.getByText('9007199254740993').waitFor();
  await viewer.getByRole('button', { name: /^via/ }).press('ArrowLeft');
  await viewer.getByText('9007199254740993').waitFor({ state: 'detached' });
  expect(await viewer.getByRole('treeitem').count()).toBe(3);
  await viewer.getByRole('button', { name: 'Show as Text' }).click();
  await viewer.getByText(`{'from': ATL, 'to': LAX}`).waitFor();
  await viewer.getByRole('button', { name: 'Close' }).click();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
});

test('the view is exported as it is shown: its filters, its order, and the columns that are not hidden', async () => {
  const page = await open('flights');
  await waitForCell('late_table', 0, 0);
  await page.click(`${node('late_table')} header`);
  await page.click(`${node('late_table')} [aria-rowindex="2"] [aria-colindex="2"]`, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Only This Value' }).click();
  await page.click(`${node('late_table')} [role=columnheader][aria-colindex="1"] .name`);
  await page.locator(`${node('late_table')} [role=columnheader][aria-colindex="3"]`).click({ button: 'right' });
  await page.getByRole('button', { name: 'Hide Column' }).click();
  await page.getByRole('button', { name: 'Export View…' }).click();
  const [asked] = await waitFor('exportView');
  const values = [FLIGHTS.cell(0, 1)];
  expect(asked).toEqual({
    nodeId: 'late_table',
    view: {
      sort: [{ column: 'FL_DATE', direction: 'ascending' }],
      filters: [{ kind: 'values', column: 'DEP_DELAY', values, isExcluded: false }],
    },
    columns: [0, 1, 3, 4, 5, 6, 7, 8],
  });
});

test('the wheel pans the canvas over an inactive table and scrolls an active one', async () => {
  const page = await open('flights');
  await waitForCell('late_table', 0, 0);
  const viewport = () => page.$eval('.vue-flow__transformationpane', (pane) => (pane as HTMLElement).style.transform);
  const body = await page.locator(`${node('late_table')} > .body`).boundingBox();
  const before = await viewport();
  await page.mouse.move((body?.x ?? 0) + 100, (body?.y ?? 0) + 100);
  await page.mouse.wheel(0, 60);
  await page.waitForFunction(
    (old) => document.querySelector<HTMLElement>('.vue-flow__transformationpane')?.style.transform !== old,
    before,
  );
  expect(await page.$eval(`${node('late_table')} [role=grid]`, (grid) => grid.scrollTop)).toBe(0);
  await page.click(`${node('late_table')} header`);
  const panned = await viewport();
  await page.mouse.move((body?.x ?? 0) + 100, (body?.y ?? 0) + 40);
  await page.mouse.wheel(0, 440);
  await waitForCell('late_table', 25, 0);
  expect(await viewport()).toBe(panned);
  await page.keyboard.press('Escape');
  expect(await page.$$('.node.active')).toEqual([]);
});

test('a row, a column or everything is selected by key, and copied whole', async () => {
  const page = await open('flights');
  await waitForCell('late_table', 0, 0);
  await page.click(`${node('late_table')} header`);
  await page.focus(`${node('late_table')} [role=grid]`);
  const copiedAfter = async (key: string, count: number) => {
    await page.keyboard.press(key);
    await page.keyboard.press('Control+C');
    return ((await waitFor('copyCells', count)).at(-1) as { range: unknown }).range;
  };
  await page.keyboard.press('ArrowDown');
  const [rowCount, columns] = [2_914_207, FLIGHTS.columns.map((_, index) => index)];
  expect(await copiedAfter('ArrowDown', 1)).toEqual({ rowOffset: 1, rowCount: 1, columns: [0] });
  expect(await copiedAfter('Shift+Space', 2)).toEqual({ rowOffset: 1, rowCount: 1, columns });
  expect(await copiedAfter('Control+A', 3)).toEqual({ rowOffset: 0, rowCount, columns });
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+ArrowLeft');
  expect(await copiedAfter('Control+Space', 4)).toEqual({ rowOffset: 0, rowCount, columns: [0] });
});

test('a row is selected by its number and further ones with Shift, of any length, and the numbers are no column', async () => {
  const page = await open('wide');
  await waitForCell('wide_table', 0, 0);
  await page.click(`${node('wide_table')} header`);
  const numbers = page.locator(`${node('wide_table')} .body [role=rowheader]`);
  await numbers.first().click();
  const columnCount = Number(await page.getAttribute(`${node('wide_table')} [role=grid]`, 'aria-colcount'));
  const copied = async (count: number) => {
    await page.keyboard.press('Control+c');
    const { range } = (await waitFor('copyCells', count)).at(-1) as {
      range: { rowOffset: number; rowCount: number; columns: readonly number[] };
    };
    return [range.rowOffset, range.rowCount, range.columns.length];
  };
  expect(await copied(1)).toEqual([0, 1, columnCount]);
  await numbers.nth(4).click({ modifiers: ['Shift'] });
  expect(await copied(2)).toEqual([0, 5, columnCount]);
  await page.keyboard.press('Control+End');
  await expect.poll(() => numbers.allTextContents()).toContain('1000000000');
  const last = page.getByRole('rowheader', { name: '1000000000', exact: true });
  expect(await last.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
});

test('which cells are selected is seen in high contrast, where selections have no colour of their own', async () => {
  const page = await open('flights', '&theme=hc-dark');
  await waitForCell('late_table', 0, 0);
  await page.click(`${node('late_table')} header`);
  await page.focus(`${node('late_table')} [role=grid]`);
  for (const key of ['ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight']) await page.keyboard.press(key);
  const outlines = await page.$$eval('[role=gridcell][aria-selected=true]', (cells) =>
    cells.map((cell) => {
      const { outlineStyle, outlineColor } = getComputedStyle(cell);
      return outlineStyle !== 'none' && outlineColor !== 'rgba(0, 0, 0, 0)';
    }),
  );
  expect(outlines).toEqual([true, true, true, true]);
});
