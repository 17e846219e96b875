import { expect, test } from 'vitest';
import { FLIGHTS } from '../support/webviewHarness/sampleTables.ts';
import { node, useHarness } from '../support/webviewHarness/useHarness.ts';

const { open, current, waitFor, cellsOf, waitForCell } = useHarness();

/** Keys of the columns on screen in the order they are shown. */
function headsOf(id: string): Promise<readonly string[]> {
  return current().$$eval(`${node(id)} [role=columnheader]`, (heads) =>
    heads
      .map((head) => [Number(head.getAttribute('aria-colindex')), head.getAttribute('data-key') ?? ''] as const)
      .sort(([a], [b]) => a - b)
      .map(([, key]) => key),
  );
}

/** Requires that every cell on screen holds what its own column has in that row. */
async function expectOwnColumns(id: string, order: readonly string[]): Promise<void> {
  const cells = await cellsOf(id);
  expect(cells.length).toBeGreaterThan(20);
  const indexes = order.map((key) => FLIGHTS.columns.findIndex(({ name }) => name === key));
  const expected = cells.map(([row, at]) => [row, at, FLIGHTS.cell(row, indexes[at] ?? -1)?.trim() ?? 'null']);
  expect(cells).toEqual(expected);
}

test('columns are moved by mouse and by keys, and pinned ones stay in sight', async () => {
  const page = await open('flights');
  await waitForCell('late_table', 5, 2);
  await page.click(`${node('late_table')} header`);
  const head = (key: string) => page.locator(`${node('late_table')} [role=columnheader][data-key="${key}"]`);
  await head('ARR_DELAY').locator('.name').dragTo(head('FL_DATE').locator('.name'));
  await page.waitForSelector(`${node('late_table')} [data-key="ARR_DELAY"][aria-colindex="1"]`);
  const others = FLIGHTS.columns.slice(3).map(({ name }) => name);
  expect(await headsOf('late_table')).toEqual(
    ['ARR_DELAY', 'FL_DATE', 'DEP_DELAY', ...others].slice(0, (await headsOf('late_table')).length),
  );

  await page.focus(`${node('late_table')} [role=grid]`);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  await chooseByKeys('Pin to the Left');
  await page.waitForSelector(`${node('late_table')} [data-key="ARR_DELAY"].pinned`);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Alt+ArrowDown');
  await chooseByKeys('Move Right');
  await page.waitForSelector(`${node('late_table')} [data-key="DEP_DELAY"][aria-colindex="2"]`);
  await page.keyboard.press('Alt+ArrowDown');
  const disabled = await page.$$eval('.menu .menu-entry:disabled', (all) => all.map((each) => each.textContent.trim()));
  expect(disabled).toEqual(['Move Left']);
  await page.keyboard.press('Escape');
  const order = ['ARR_DELAY', 'DEP_DELAY', 'FL_DATE', ...others];
  await expectOwnColumns('late_table', order);
  await page.keyboard.press('Control+ArrowRight');
  await waitForCell('late_table', 1, 8);
  const [grid, pinned] = [page.locator(`${node('late_table')} [role=grid]`), head('ARR_DELAY')];
  const numbers = grid.locator('[role=rowheader]').first();
  const numbersBox = await numbers.boundingBox();
  expect(numbersBox?.x).toBe((await grid.boundingBox())?.x);
  expect((await pinned.boundingBox())?.x).toBeCloseTo((numbersBox?.x ?? 0) + (numbersBox?.width ?? 0), 1);
  await expectOwnColumns('late_table', order);
});

test('a column is as wide as its edge is dragged, or as its values are after a double click', async () => {
  const page = await open('flights');
  await waitForCell('late_table', 5, 2);
  await page.click(`${node('late_table')} header`);
  const head = page.locator(`${node('late_table')} [role=columnheader][data-key="DEP_DELAY"]`);
  const widthOf = async () => (await head.boundingBox())?.width ?? 0;
  const before = await widthOf();
  const grip = await head.getByRole('separator').boundingBox();
  const [x, y] = [(grip?.x ?? 0) + (grip?.width ?? 0) / 2, (grip?.y ?? 0) + 10];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 90, y, { steps: 3 });
  await page.mouse.up();
  await expect.poll(async () => Math.abs((await widthOf()) - before - 90)).toBeLessThan(2);
  await head.getByRole('separator').dblclick();
  await expect.poll(widthOf).toBeLessThan(before + 80);
});

test('profiles are worked out for the columns in view, roughly first, and given up when they leave; rows never wait', async () => {
  const page = await open('flights');
  await waitForCell('late_table', 0, 0);
  await page.click(`${node('late_table')} header`);
  const inView = (await headsOf('late_table')).map((_, column) => column);
  expect(inView.length).toBeLessThan(FLIGHTS.columns.length);
  const rough = inView.map((column) => ({ column, isApproximate: true }));
  for (let count = 1; count <= rough.length; count++) {
    expect(await waitFor('profileColumn', count)).toEqual(rough.slice(0, count));
    if (count === 1) await goToRow(5001);
    await page.evaluate(() => window.harness.host.answerProfile());
  }
  expect(await waitFor('profileColumn', rough.length + 1)).toEqual([...rough, { column: 0, isApproximate: false }]);
  expect(await page.locator(`${node('late_table')} svg.bars`).count()).toBe(inView.length);
  await page.$eval(`${node('late_table')} [role=grid]`, (grid) => (grid.scrollLeft = grid.scrollWidth));
  expect(await waitFor('profileCancelled')).toEqual([{ column: 0, isApproximate: false }]);
  const next = (await waitFor('profileColumn', rough.length + 2)).at(-1) as { column: number; isApproximate: boolean };
  expect([next.isApproximate, inView.includes(next.column)]).toEqual([true, false]);
});

/** Shows a row of the table while whatever else was asked for is still being worked on. */
async function goToRow(row: number): Promise<void> {
  await current().focus(`${node('late_table')} [role=grid]`);
  await current().keyboard.press('Control+G');
  await current().getByLabel('Go to row').fill(String(row));
  await current().keyboard.press('Enter');
  await waitForCell('late_table', row - 1, 0);
}

/** Chooses an entry of the open menu with the arrow keys. */
async function chooseByKeys(label: string): Promise<void> {
  await current().waitForSelector('.menu .menu-entry:focus');
  for (;;) {
    const focused = await current().$eval('.menu .menu-entry:focus', (entry) => entry.textContent.trim());
    if (focused === label) return current().keyboard.press('Enter');
    await current().keyboard.press('ArrowDown');
  }
}
