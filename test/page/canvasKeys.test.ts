import { expect, test } from 'vitest';
import { node, useHarness } from '../support/webviewHarness/useHarness.ts';

const { open, current, waitFor } = useHarness();
const FLIGHTS_NODES = ['flights', 'late', 'late_table', 'late_plot', 'by_day', 'speeds', 'note'];

function focusedId(): Promise<string | undefined> {
  return current().evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['nodeId']);
}

function selectedIds(): Promise<readonly (string | undefined)[]> {
  return current().$$eval('.node.selected', (nodes) => nodes.map((each) => (each as HTMLElement).dataset['nodeId']));
}

test('Go to Node finds a node by part of its name and kind, and brings it into view', async () => {
  const far = { viewport: { x: 5000, y: 5000, zoom: 1 } };
  const page = await open('flights', `&state=${encodeURIComponent(JSON.stringify(far))}`);
  await page.focus(node('flights'));
  await page.keyboard.press('Control+f');
  const search = page.getByRole('dialog', { name: 'Go to Node' });
  await search.getByRole('textbox').fill('plot arrival');
  expect(await search.getByRole('option').allTextContents()).toEqual(['Arrival against departure delayplot']);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${node('late_plot')}.active`);
  await expect
    .poll(() => page.locator(node('late_plot')).evaluate((each) => each.getBoundingClientRect().left))
    .toBeLessThan(1600);
});

test('every node fits into view by a key, and nothing lies outside it', async () => {
  const near = { viewport: { x: -900, y: -900, zoom: 2 } };
  const page = await open('flights', `&state=${encodeURIComponent(JSON.stringify(near))}`);
  await page.focus(node('note'));
  await page.keyboard.press('Shift+Digit1');
  const outside = () =>
    page.evaluate(() => {
      const view = document.querySelector('main')?.getBoundingClientRect() ?? new DOMRect();
      return [...document.querySelectorAll<HTMLElement>('[role=treeitem]')]
        .filter((each) => {
          const { left, top, right, bottom } = each.getBoundingClientRect();
          return left < view.left || top < view.top || right > view.right || bottom > view.bottom;
        })
        .map((each) => each.dataset['nodeId']);
    });
  await expect.poll(outside).toEqual([]);
});

test('all nodes are selected and deleted, duplicated or collapsed by keys', async () => {
  const page = await open('flights');
  await page.focus(node('note'));
  await page.keyboard.press('Control+a');
  await expect.poll(selectedIds).toEqual(FLIGHTS_NODES);
  await page.keyboard.press('Escape');
  await expect.poll(selectedIds).toEqual([]);
  await page.focus(node('note'));
  await page.keyboard.press('Control+d');
  await page.waitForSelector(node('note_2'));
  await page.focus(node('flights'));
  await page.keyboard.press('c');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  const edits = await waitFor('edit', 3);
  expect(edits).toMatchObject([
    { type: 'add', nodes: [{ id: 'note_2', kind: 'note' }] },
    { type: 'layout', layout: { flights: { collapsed: true } } },
    { type: 'remove', ids: [...FLIGHTS_NODES, 'note_2'] },
  ]);
});

test('arrow keys go from node to node, and the keys of the canvas are listed', async () => {
  const page = await open('flights');
  await page.focus(node('flights'));
  await page.keyboard.press('ArrowRight');
  expect(await focusedId()).toBe('late');
  await page.keyboard.press('ArrowDown');
  expect(await focusedId()).not.toBe('late');
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys of the canvas' });
  await sheet.getByText('zoom to the selection').waitFor();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
});

test('a map of the canvas is shown and hidden by a key', async () => {
  const page = await open('flights');
  await page.focus(node('flights'));
  await page.keyboard.press('m');
  const map = page.locator('.vue-flow__minimap');
  await expect.poll(() => map.locator('rect.vue-flow__minimap-node').count()).toBe(FLIGHTS_NODES.length);
  await page.keyboard.press('m');
  await map.waitFor({ state: 'detached' });
});

test('a line that is let go over the empty canvas offers what reads the node', async () => {
  const page = await open('flights');
  await page.hover(node('late'));
  const port = await page.locator('[data-port-of=late]').boundingBox();
  await page.mouse.move((port?.x ?? 0) + 5, (port?.y ?? 0) + 10);
  await page.mouse.down();
  await page.mouse.move(760, 930, { steps: 4 });
  await page.mouse.up();
  const menu = page.getByRole('menu', { name: 'Add what reads late' });
  expect((await menu.getByRole('menuitem').allTextContents()).map((text) => text.trim())).toEqual([
    'Add Query',
    'Add Table',
    'Add Plot',
  ]);
  await menu.getByRole('menuitem', { name: 'Add Table' }).click();
  expect(await waitFor('edit')).toMatchObject([{ type: 'add', nodes: [{ kind: 'table', data: 'late' }] }]);
});

test('SQL that is pasted becomes a query, and the path of a file a source', async () => {
  const page = await open('flights');
  const paste = (text: string) =>
    page.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  await page.focus(node('note'));
  await paste('SELECT count(*) FROM late');
  expect(await waitFor('edit')).toMatchObject([
    { type: 'add', nodes: [{ kind: 'query', sql: 'SELECT count(*) FROM late' }] },
  ]);
  await paste('/data/readings.parquet');
  expect(await waitFor('addFiles')).toMatchObject([{ files: ['/data/readings.parquet'] }]);
});

test('several nodes are lined up from their menu, in one edit', async () => {
  const page = await open('flights');
  await page.click(`${node('flights')} header`);
  await page.click(`${node('note')} header`, { modifiers: ['Shift'] });
  await page.click(`${node('note')} header`, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Left Edges' }).click();
  const [edit] = (await waitFor('edit')) as readonly { layout: Record<string, { x: number }> }[];
  expect(edit?.layout['note']?.x).toBe(20);
});
