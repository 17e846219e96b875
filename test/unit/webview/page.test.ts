import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import type { HeardCall } from '../../support/webviewHarness/fakeHost.ts';
import { FLIGHTS, WIDE } from '../../support/webviewHarness/sampleTables.ts';
import { serveHarness, type HarnessServer } from '../../support/webviewHarness/serveHarness.ts';

const SIZE = { width: 1600, height: 980 };
let server: HarnessServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([serveHarness(), launchChromium('none')]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
afterEach(async () => {
  const found = await page.evaluate(() => ({ violations: window.harness.violations, logs: window.harness.host.logs }));
  await page.close();
  expect(found).toEqual({ violations: [], logs: [] });
});

/** Opens a scenario and waits until its canvas is laid out. */
async function open(scenario: string, more = ''): Promise<void> {
  page = await browser.newPage({ viewport: SIZE });
  await page.goto(`${server.url}?scenario=${scenario}${more}`);
  await page.waitForSelector('.bar');
}

function node(id: string): string {
  return `[data-node-id="${id}"]`;
}

async function heard(method: string): Promise<unknown[]> {
  const calls: readonly HeardCall[] = await page.evaluate(() => window.harness.host.calls);
  return calls.filter((call) => call.method === method).map(({ params }) => params);
}

/** Waits until the host has heard a call so many times, and gives their parameters. */
async function waitFor(method: string, count = 1): Promise<unknown[]> {
  await page.waitForFunction(
    ([name, least]) => window.harness.host.calls.filter((call) => call.method === name).length >= least,
    [method, count] as const,
  );
  return heard(method);
}

/** The texts of the cells on screen by row and column of the whole table. */
function cellsOf(id: string): Promise<(readonly [row: number, column: number, text: string])[]> {
  return page.$$eval(`${node(id)} [role=gridcell]`, (cells) =>
    cells.map((cell) => {
      const row = Number(cell.parentElement?.getAttribute('aria-rowindex')) - 2;
      return [row, Number(cell.getAttribute('aria-colindex')) - 1, cell.textContent.trim()] as const;
    }),
  );
}

async function waitForCell(id: string, row: number, column: number): Promise<void> {
  const selector = `${node(id)} [aria-rowindex="${row + 2}"] [aria-colindex="${column + 1}"]:not(.pending)`;
  await page.waitForSelector(selector);
}

test('every node says from outside what it is and how it is doing', async () => {
  await open('flights');
  await page.waitForSelector(`${node('late_plot')}[data-state=done]`);
  await page.waitForSelector(`${node('speeds')}[data-state=done]`);
  const seen = await page.$$eval('[data-node-id]', (nodes) =>
    nodes.map((each) => Object.fromEntries(Object.entries((each as HTMLElement).dataset))),
  );
  const own = (data: object) =>
    Object.fromEntries(Object.entries(data).filter(([name]) => !/^v(-|[A-Z]|scode)/.test(name)));
  const byId = Object.fromEntries(seen.map(({ nodeId = '', ...rest }) => [nodeId, own(rest)]));
  expect(byId['late']).toEqual({ nodeKind: 'query', state: 'done', rows: '2914207' });
  expect(byId['note']).toEqual({ nodeKind: 'note', state: 'idle' });
  expect(byId['late_plot']).toEqual({
    nodeKind: 'plot',
    state: 'done',
    rows: '300000',
    renderer: 'cpu',
    fidelity: 'exact',
    counted: '300000',
  });
});

test('a table shows the very texts of its data, from the first row to the last of millions', async () => {
  await open('flights');
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
  await open('wide');
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
  await open('flights');
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
  await open('flights');
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
  await viewer.getByRole('button', { name: 'Show as text' }).click();
  await viewer.getByText(`{'from': ATL, 'to': LAX}`).waitFor();
  await viewer.getByRole('button', { name: 'Close' }).click();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
});

test('the view is exported as it is shown: its filters, its order, and the columns that are not hidden', async () => {
  await open('flights');
  await waitForCell('late_table', 0, 0);
  await page.click(`${node('late_table')} header`);
  await page.click(`${node('late_table')} [aria-rowindex="2"] [aria-colindex="2"]`, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Only This Value' }).click();
  await page.click(`${node('late_table')} [role=columnheader][aria-colindex="1"] .name`);
  await page.locator(`${node('late_table')} [role=columnheader][aria-colindex="3"]`).click({ button: 'right' });
  await page.getByRole('button', { name: 'Hide column' }).click();
  await page.getByRole('button', { name: 'Export view…' }).click();
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

/** Keys of the columns on screen in the order they are shown. */
function headsOf(id: string): Promise<readonly string[]> {
  return page.$$eval(`${node(id)} [role=columnheader]`, (heads) =>
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
  await open('flights');
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
  await chooseByKeys('Pin to the left');
  await page.waitForSelector(`${node('late_table')} [data-key="ARR_DELAY"].pinned`);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Alt+ArrowDown');
  await chooseByKeys('Move right');
  await page.waitForSelector(`${node('late_table')} [data-key="DEP_DELAY"][aria-colindex="2"]`);
  await page.keyboard.press('Alt+ArrowDown');
  const disabled = await page.$$eval('.menu .menu-entry:disabled', (all) => all.map((each) => each.textContent.trim()));
  expect(disabled).toEqual(['Move left']);
  await page.keyboard.press('Escape');
  const order = ['ARR_DELAY', 'DEP_DELAY', 'FL_DATE', ...others];
  await expectOwnColumns('late_table', order);
  await page.keyboard.press('Control+ArrowRight');
  await waitForCell('late_table', 1, 8);
  const [grid, pinned] = [page.locator(`${node('late_table')} [role=grid]`), head('ARR_DELAY')];
  expect((await pinned.boundingBox())?.x).toBe((await grid.boundingBox())?.x);
  await expectOwnColumns('late_table', order);
});

/** Chooses an entry of the open menu with the arrow keys. */
async function chooseByKeys(label: string): Promise<void> {
  await page.waitForSelector('.menu .menu-entry:focus');
  for (;;) {
    const focused = await page.$eval('.menu .menu-entry:focus', (entry) => entry.textContent.trim());
    if (focused === label) return page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
  }
}

test('the wheel pans the canvas over an inactive table and scrolls an active one', async () => {
  await open('flights');
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

test('resting on an edge or a port, or the focus on it, shows what flows there and takes neither wheel nor drag', async () => {
  await open('flights');
  const tip = page.getByRole('tooltip');
  const viewport = () => page.$eval('.vue-flow__transformationpane', (pane) => (pane as HTMLElement).style.transform);
  const moved = (from: string) =>
    page.waitForFunction(
      (old) => document.querySelector<HTMLElement>('.vue-flow__transformationpane')?.style.transform !== old,
      from,
    );
  const onEdge = () =>
    page.$eval('[data-edge-from=flights]', (edge) => {
      const path = edge as SVGPathElement;
      const { x, y } = path
        .getPointAtLength(path.getTotalLength() / 2)
        .matrixTransform(path.getScreenCTM() ?? undefined);
      return { x, y };
    });
  const at = await onEdge();
  await page.mouse.move(at.x, at.y + 3);
  await tip.getByText('flights', { exact: true }).waitFor();
  const texts = await tip.locator('dt').allTextContents();
  expect(texts).toEqual(FLIGHTS.columns.map(({ name }) => name));
  expect(await tip.textContent()).toContain(`${FLIGHTS.rowCount.toLocaleString('en-US')} rows`);
  const before = await viewport();
  await page.mouse.wheel(0, 40);
  await moved(before);
  await tip.waitFor({ state: 'detached' });
  const panned = await viewport();
  const { x, y } = await onEdge();
  await page.mouse.move(x, y);
  await tip.waitFor();
  await page.mouse.down();
  await page.mouse.move(x + 30, y + 30, { steps: 3 });
  await page.mouse.up();
  expect(await tip.count()).toBe(0);
  expect(await viewport()).not.toBe(panned);
  await page.hover(node('late'));
  await page.hover('[data-port-of=late]');
  await tip.getByText('2,914,207 rows, 4 columns').waitFor();
  await page.keyboard.press('Escape');
  await tip.waitFor({ state: 'detached' });
  await page.mouse.move(2, 400);
  await page.focus(node('late'));
  await page.keyboard.press('Shift+Tab');
  await page.waitForSelector('[data-port-of=flights]:focus');
  await tip.getByText('flights', { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Add Plot' }).waitFor();
  expect(await tip.count()).toBe(0);
});

test('the tip of ten thousand columns names a dozen and lies inside the view', async () => {
  await open('wide');
  const tip = page.getByRole('tooltip');
  await page.focus('[data-port-of]');
  await tip.getByText('and 9,988 more').waitFor();
  expect(await tip.locator('dt').count()).toBe(12);
  const box = await tip.boundingBox();
  const inside =
    box && box.x >= 0 && box.y >= 0 && box.x + box.width <= SIZE.width && box.y + box.height <= SIZE.height;
  expect(inside).toBe(true);
});

test('dragging a node is one layout edit on the raster, and nothing is drawn or read again', async () => {
  await open('flights');
  await page.waitForSelector(`${node('late_plot')}[data-state=done]`);
  await waitForCell('late_table', 0, 0);
  const before = (await heard('openPlot')).length + (await heard('readRows')).length;
  const head = await page.locator(`${node('late_plot')} header`).boundingBox();
  const [x, y] = [(head?.x ?? 0) + 60, (head?.y ?? 0) + 10];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 50, y + 30, { steps: 5 });
  await page.mouse.move(x + 97, y + 61, { steps: 5 });
  await page.mouse.up();
  const edits = await waitFor('edit');
  expect(edits).toEqual([{ type: 'layout', layout: { late_plot: { x: 920, y: 100, width: 480, height: 440 } } }]);
  expect((await heard('openPlot')).length + (await heard('readRows')).length).toBe(before);
});

test('a dragged node lines up with its neighbours and says so, and goes where the pointer is while Alt is held', async () => {
  await open('flights');
  const zoom = await page.$eval(
    '.vue-flow__transformationpane',
    (pane) => new DOMMatrix(getComputedStyle(pane).transform).a,
  );
  const head = await page.locator(`${node('note')} header`).boundingBox();
  const [x, y] = [(head?.x ?? 0) + 30, (head?.y ?? 0) + 10];
  // A drag begins where the pointer is once it has moved a little.
  const dragTo = (dx: number, dy: number) => page.mouse.move(x + 4 + dx * zoom, y + dy * zoom, { steps: 4 });
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 4, y);
  await dragTo(-57, 43);
  expect(await page.getAttribute('.guides path', 'd')).toBe('M360 40V900');
  await page.keyboard.down('Alt');
  await dragTo(-57, 41);
  await page.waitForSelector('.guides', { state: 'detached' });
  await page.keyboard.up('Alt');
  await dragTo(-57, 43);
  await page.mouse.up();
  await page.waitForSelector('.guides', { state: 'detached' });
  expect(await waitFor('edit')).toEqual([
    { type: 'layout', layout: { note: { x: 360, y: 760, width: 180, height: 140 } } },
  ]);
});

test('moving, resizing, renaming or collapsing a frame draws no plot and reads no row', async () => {
  await open('framed');
  for (const id of ['late_plot', 'by_day', 'speeds']) await page.waitForSelector(`${node(id)}[data-state=done]`);
  await waitForCell('late_table', 5, 0);
  const drawings = await page.evaluateHandle(() => {
    const counted = { count: 0 };
    const prototype = CanvasRenderingContext2D.prototype;
    for (const name of ['clearRect', 'fillRect', 'drawImage', 'putImageData', 'stroke', 'fill'] as const) {
      const draw = prototype[name] as (...parameters: unknown[]) => void;
      Object.defineProperty(prototype, name, {
        value(this: CanvasRenderingContext2D, ...parameters: unknown[]) {
          counted.count++;
          draw.apply(this, parameters);
        },
      });
    }
    return counted;
  });
  const asked = async () => (await heard('openPlot')).length + (await heard('readRows')).length;
  const before = await asked();
  const title = await page.locator(`${node('frame')} header`).boundingBox();
  const [x, y] = [(title?.x ?? 0) + 100, (title?.y ?? 0) + 10];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 6 });
  await page.mouse.up();
  await waitFor('edit', 1);
  await page.locator(`${node('frame')} [role=separator]`).focus();
  await page.keyboard.press('ArrowRight');
  await waitFor('edit', 2);
  await page.focus(node('frame'));
  await page.keyboard.press('F2');
  await page.keyboard.type('Late');
  await page.keyboard.press('Enter');
  await waitFor('edit', 3);
  await page.keyboard.press('c');
  await page.waitForSelector(node('late_plot'), { state: 'detached' });
  expect(await drawings.evaluate(({ count }) => count)).toBe(0);
  await page.keyboard.press('c');
  await page.waitForSelector(`${node('late_plot')} .marks canvas`);
  expect((await waitFor('edit', 5)).map((edit) => (edit as { type: string }).type)).toEqual([
    'layout',
    'layout',
    'title',
    'layout',
    'layout',
  ]);
  expect(await asked()).toBe(before);
});

test('a node is resized by its corner with one edit', async () => {
  await open('flights');
  const handle = page.locator(`${node('note')} [role=separator]`);
  await page.click(`${node('note')} header`);
  await handle.focus();
  await page.keyboard.press('ArrowRight');
  expect(await waitFor('edit')).toEqual([
    { type: 'layout', layout: { note: { x: 420, y: 720, width: 200, height: 140 } } },
  ]);
});

test('SQL is committed once when it is run, and Delete in the editor removes no node', async () => {
  await open('flights');
  await page.click(`${node('late')} .body`);
  await page.waitForSelector(`${node('late')} .cm-focused`);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.type('SELECT 1');
  await page.keyboard.press('Control+Enter');
  expect(await waitFor('edit')).toEqual([{ type: 'sql', id: 'late', sql: 'SELECT 1' }]);
  await page.keyboard.press('Control+Enter');
  expect(await waitFor('runNode')).toEqual([{ nodeId: 'late' }]);
  expect(await heard('edit')).toHaveLength(1);
});

test('typing a reference draws its edge before the text is kept, and taking it back takes the edge away', async () => {
  await open('blankQuery');
  const edge = '.edge.draft[data-edge-from=flights]';
  await page.click(`${node('blank')} .body`);
  await page.waitForSelector(`${node('blank')} .cm-focused`);
  await page.keyboard.type('FROM flights');
  // A level line has no height, so it does not count as visible.
  await page.waitForSelector(edge, { state: 'attached' });
  expect(await page.getAttribute(edge, 'aria-label')).toBe('Edge from flights to blank, as it is typed');
  await page.keyboard.press('Control+z');
  await page.waitForSelector(edge, { state: 'detached' });
  expect(await heard('edit')).toEqual([]);
});

test('leaving the editor with Escape commits too, and Delete then removes the node', async () => {
  await open('flights');
  await page.click(`${node('late')} .body`);
  await page.waitForSelector(`${node('late')} .cm-focused`);
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' ');
  await page.keyboard.press('Escape');
  await page.waitForSelector(`${node('late')}:focus`);
  await page.keyboard.press('Delete');
  const edits = await waitFor('edit', 2);
  expect(edits).toMatchObject([
    { type: 'sql', id: 'late' },
    { type: 'remove', ids: ['late'] },
  ]);
  await page.waitForSelector(node('late'), { state: 'detached' });
});

test('a node that was clicked is moved by Shift and the arrow keys and removed by Delete', async () => {
  await open('flights');
  await page.click(`${node('note')} header`);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Delete');
  expect(await waitFor('edit', 2)).toEqual([
    { type: 'layout', layout: { note: { x: 420, y: 740, width: 180, height: 140 } } },
    { type: 'remove', ids: ['note'] },
  ]);
});

test('arrow keys inside a plot read its values and leave the node where it is', async () => {
  await open('flights');
  await page.waitForSelector(`${node('speeds')}[data-state=done]`);
  await page.focus(`${node('speeds')} [aria-roledescription=plot]`);
  await page.keyboard.press('ArrowRight');
  await page.waitForSelector(`${node('speeds')}.active`);
  expect(await heard('edit')).toEqual([]);
});

test('failures offer their remedies and a retry, running nodes a cancel', async () => {
  await open('states');
  await page.click(`${node('broken')} vscode-button >> text=Skip Bad Rows`);
  await page.click(`${node('broken')} vscode-button >> text=Retry`);
  await page.click(`${node('slow')} [aria-label='Cancel slow']`);
  await page.click(`${node('importing')} vscode-button >> text=Read "NA" as NULL`);
  expect([await waitFor('applyRemedy', 2), await waitFor('runNode'), await waitFor('cancelNode')]).toEqual([
    [
      { nodeId: 'broken', index: 1 },
      { nodeId: 'importing', notice: 0, index: 0 },
    ],
    [{ nodeId: 'broken' }],
    [{ nodeId: 'slow' }],
  ]);
  const text = await page.textContent(`${node('broken')} [role=alert]`);
  expect(text).toContain('line 20481');
  await page.click(`${node('down')} vscode-button >> text=Show broken`);
  await page.waitForSelector(`${node('broken')}.active`);
});

test('what a run came to is said aloud once it ends', async () => {
  await open('flights');
  const said = page.locator('[role=status][aria-label=Results]');
  await page.evaluate(() => window.harness.host.setStatus('late', { state: 'running' }));
  await page.waitForSelector(`${node('late')}[data-state=running]`);
  await page.evaluate(() => window.harness.host.setStatus('late', { state: 'done', rowCount: 12 }));
  await page.waitForFunction(
    (element) => element.textContent.includes('late, query, ready, 12 rows'),
    await said.elementHandle(),
  );
});

test('the side panel edits the active plot, one edit for each choice', async () => {
  await open('flights');
  await page.click(`${node('late_plot')} header`);
  await page.click('section[aria-label=Scales] vscode-dropdown >> nth=0');
  await page.click('section[aria-label=Scales] vscode-option:visible >> text=log');
  await page.click('section[aria-label=Encoding] vscode-text-field[aria-label=y]');
  await page.click('section[aria-label=Encoding] li:visible >> text=mph');
  const spec = { mark: 'point', title: 'Arrival against departure delay' };
  const x = { field: 'DEP_DELAY', type: 'quantitative', scale: { type: 'log' } };
  expect(await waitFor('edit', 2)).toEqual([
    { type: 'plot', id: 'late_plot', spec: { ...spec, x, y: { field: 'ARR_DELAY', type: 'quantitative' } } },
    { type: 'plot', id: 'late_plot', spec: { ...spec, x, y: { field: 'mph', type: 'quantitative' } } },
  ]);
});

test('a source is renamed and read differently from the side panel', async () => {
  await open('states');
  await page.click(`${node('importing')} header`);
  const name = page.locator('aside vscode-text-field[aria-label=Name] input');
  await name.fill('broken');
  await page.waitForSelector('aside [role=alert] >> text=already');
  await name.fill('readings');
  await name.press('Enter');
  const renamed = await waitFor('edit');
  expect(renamed).toMatchObject([{ type: 'rename', id: 'importing', newId: 'readings' }]);
  await page.click('aside vscode-dropdown[aria-label=Delimiter]');
  await page.click('aside vscode-option:visible >> text=semicolon');
  expect((await waitFor('edit', 2)).at(-1)).toEqual({
    type: 'sourceOptions',
    id: 'readings',
    options: { delim: ';' },
  });
});

test('a node added from the menu becomes the active one', async () => {
  await open('flights');
  await page.click('vscode-button >> text=Add');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${node('query')}.active`);
  expect(await waitFor('edit')).toMatchObject([{ type: 'add', nodes: [{ kind: 'query', id: 'query' }] }]);
});

test('an untrusted workspace is drawn, runs nothing and leads to the trust editor', async () => {
  await open('untrusted');
  await page.click(`${node('late_plot')} vscode-button >> text=Manage Trust`);
  expect(await waitFor('runCommand')).toEqual([{ command: 'manageTrust', nodeId: null }]);
  await page.focus(node('late'));
  await page.keyboard.press('Delete');
  expect([await heard('openPlot'), await heard('readRows'), await heard('edit')]).toEqual([[], [], []]);
});

test('an invalid document shows what is wrong, where, and opens as text', async () => {
  await open('invalid');
  const problems = await page.$$eval('.problems li', (items) => items.map((item) => item.textContent));
  expect(problems).toEqual([
    'A comma is missing between two nodes.line 14',
    'The plot shows "lates", which is not in this workspace.line 31 · late_plot',
  ]);
  await page.click('vscode-button >> text=Open as Text');
  expect(await waitFor('runCommand')).toEqual([{ command: 'openAsText', nodeId: null }]);
});

test('an empty workspace offers to open a file', async () => {
  await open('empty');
  await page.click('main vscode-button');
  expect(await waitFor('runCommand')).toEqual([{ command: 'openDataFile', nodeId: null }]);
});

test('a page that comes back shows the same place and the same active node', async () => {
  const state = {
    viewport: { x: -120, y: 40, zoom: 0.8 },
    activeId: 'late_plot',
    isPanelOpen: true,
    tables: {},
    tableStates: {},
  };
  await open('flights', `&state=${encodeURIComponent(JSON.stringify(state))}`);
  await page.waitForSelector(`${node('late_plot')}.active`);
  const transform = await page.$eval('.vue-flow__transformationpane', (pane) => (pane as HTMLElement).style.transform);
  expect(transform).toBe('translate(-120px, 40px) scale(0.8)');
});

test('of five hundred nodes those in view have cards, and a plot or table that comes back is not asked for again', async () => {
  const far = { viewport: { x: 0, y: 0, zoom: 0.2 } };
  await open('fiveHundred', `&state=${encodeURIComponent(JSON.stringify(far))}`);
  await page.waitForSelector('.far-picture');
  expect(await page.$$eval('[role=treeitem][aria-label]', (nodes) => nodes.length)).toBe(500);
  expect(await page.$$eval('.cm-editor, [role=grid], .marks canvas', (heavy) => heavy.length)).toBe(0);
  await pinchTo(1);
  const first = await drawnPlot([]);
  const table = await shownTable();
  const readsOf = async (id: string) =>
    (await heard('readRows')).filter((call) => (call as { nodeId: string }).nodeId === id).length;
  const reads = await readsOf(table);
  for (let turn = 0; turn < 3; turn++) await panAway();
  await page.waitForSelector(`${node(first)} .marks`, { state: 'detached' });
  expect(await page.$$eval('.cm-editor', (editors) => editors.length)).toBeLessThan(40);
  const asked = (await heard('openPlot')).filter((call) => (call as { nodeId: string }).nodeId === first).length;
  await page.focus(node(first));
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${node(first)} .marks canvas`);
  const again = (await heard('openPlot')).filter((call) => (call as { nodeId: string }).nodeId === first).length;
  expect([asked, again]).toEqual([1, 1]);
  await page.waitForSelector(`${node(table)} [role=grid]`, { state: 'detached' });
  await page.focus(node(table));
  await page.keyboard.press('Enter');
  await waitForCell(table, 0, 0);
  expect([reads, await readsOf(table)]).toEqual([1, 1]);
});

test('from afar a node is where it is drawn once the canvas rests', async () => {
  const far = { viewport: { x: 0, y: 0, zoom: 0.2 } };
  await open('fiveHundred', `&state=${encodeURIComponent(JSON.stringify(far))}`);
  await page.waitForSelector('.far-picture');
  await page.$eval('.vue-flow__viewport', (viewport) =>
    viewport.dispatchEvent(new WheelEvent('wheel', { deltaX: 300, bubbles: true, cancelable: true })),
  );
  await page.waitForFunction(() => {
    const pane = document.querySelector<HTMLElement>('.vue-flow__transformationpane');
    const wanted = new DOMMatrix(pane?.style.transform);
    const now = pane && new DOMMatrix(getComputedStyle(pane).transform);
    return now && wanted.e < 0 && Math.abs(now.e - wanted.e) < 0.01 && Math.abs(now.a - wanted.a) < 0.001;
  });
  const box = await page.locator(node('g1_q1')).boundingBox();
  await page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
  await page.waitForSelector(`${node('g1_q1')}.selected`);
});

/** A pinch of a trackpad, which is a wheel with Ctrl although no key is held. */
async function pinchTo(zoom: number): Promise<void> {
  await page.evaluate(async (wanted) => {
    const pane = document.querySelector<HTMLElement>('.vue-flow__transformationpane');
    const target = document.querySelector('.vue-flow__pane');
    const zoomNow = () => new DOMMatrix(pane?.style.transform).a;
    for (let turn = 0; turn < 50 && Math.abs(zoomNow() / wanted - 1) > 0.01; turn++) {
      const deltaY = -100 * Math.log2(wanted / zoomNow());
      const event = { deltaY, ctrlKey: true, clientX: 300, clientY: 300, bubbles: true, cancelable: true };
      target?.dispatchEvent(new WheelEvent('wheel', event));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, zoom);
  const transform = await page.$eval('.vue-flow__transformationpane', (pane) => (pane as HTMLElement).style.transform);
  expect(Number(/scale\((.*)\)/.exec(transform)?.[1])).toBeCloseTo(zoom, 1);
}

/** A plot that has its picture, other than some. */
async function drawnPlot(others: readonly string[]): Promise<string> {
  const found = await page.waitForFunction(
    (known) =>
      [...document.querySelectorAll<HTMLElement>('[data-node-kind=plot][data-counted]')]
        .map((plot) => plot.dataset['nodeId'] ?? '')
        .find((id) => !known.includes(id)),
    others,
  );
  return (await found.jsonValue()) ?? '';
}

/** A table whose rows are on screen. */
async function shownTable(): Promise<string> {
  const cell = await page.waitForSelector('[data-node-kind=table] [role=gridcell]:not(.pending)');
  return cell.evaluate((element) => element.closest<HTMLElement>('[data-node-id]')?.dataset['nodeId'] ?? '');
}

/** Moves so far that other nodes are in view, and waits until one of their plots is drawn. */
async function panAway(): Promise<void> {
  const known = await page.$$eval('[data-node-kind=plot][data-counted]', (plots) =>
    plots.map((plot) => (plot as HTMLElement).dataset['nodeId'] ?? ''),
  );
  await page.$eval('.vue-flow__viewport', (viewport) =>
    viewport.dispatchEvent(new WheelEvent('wheel', { deltaX: 4000, bubbles: true, cancelable: true })),
  );
  await drawnPlot(known);
}

for (const theme of ['light', 'hc-dark', 'hc-light']) {
  test(`every state is drawn in the theme ${theme} within the page's policy`, async () => {
    await open('states', `&theme=${theme}`);
    await page.waitForSelector(`${node('categories')}[data-state=done]`);
    expect(await page.$$eval('[data-node-id]', (nodes) => nodes.length)).toBe(13);
  });
}
