import { expect, test } from 'vitest';
import { node, useHarness } from '../support/webviewHarness/useHarness.ts';

const { open, heard, waitFor, waitForCell } = useHarness();

test('dragging a node is one layout edit on the raster, and nothing is drawn or read again', async () => {
  const page = await open('flights');
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
  const page = await open('flights');
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
  const page = await open('framed');
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
  const page = await open('flights');
  const handle = page.locator(`${node('note')} [role=separator]`);
  await page.click(`${node('note')} header`);
  await handle.focus();
  await page.keyboard.press('ArrowRight');
  expect(await waitFor('edit')).toEqual([
    { type: 'layout', layout: { note: { x: 420, y: 720, width: 200, height: 140 } } },
  ]);
});

test('a node that was clicked is moved by Shift and the arrow keys and removed by Delete', async () => {
  const page = await open('flights');
  await page.click(`${node('note')} header`);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Delete');
  expect(await waitFor('edit', 2)).toEqual([
    { type: 'layout', layout: { note: { x: 420, y: 740, width: 180, height: 140 } } },
    { type: 'remove', ids: ['note'] },
  ]);
});
