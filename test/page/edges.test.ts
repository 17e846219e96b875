import { expect, test } from 'vitest';
import { FLIGHTS } from '../support/webviewHarness/sampleTables.ts';
import { PAGE_SIZE, node, useHarness } from '../support/webviewHarness/useHarness.ts';

const { open, heard } = useHarness();

test('resting on an edge or a port, or the focus on it, shows what flows there and takes neither wheel nor drag', async () => {
  const page = await open('flights');
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
  const page = await open('wide');
  const tip = page.getByRole('tooltip');
  await page.focus('[data-port-of]');
  await tip.getByText('and 9,988 more').waitFor();
  expect(await tip.locator('dt').count()).toBe(12);
  const box = await tip.boundingBox();
  const inside =
    box && box.x >= 0 && box.y >= 0 && box.x + box.width <= PAGE_SIZE.width && box.y + box.height <= PAGE_SIZE.height;
  expect(inside).toBe(true);
});

test('typing a reference draws its edge before the text is kept, and taking it back takes the edge away', async () => {
  const page = await open('blankQuery');
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
