import { expect, test } from 'vitest';
import { useHarness } from '../support/webviewHarness/useHarness.ts';

const { open, current } = useHarness();
const COUNT = 500;
/** All of them take longer than other tests wait for something. */
const PATIENCE = { timeout: 60_000 };

/** Ids of the nodes in the order in which keys and screen readers come to them. */
function idsOnPage(): Promise<(string | undefined)[]> {
  return current().$$eval('[role=treeitem]', (nodes) => nodes.map((each) => (each as HTMLElement).dataset['nodeId']));
}

function documentIds(): Promise<string[]> {
  return current().evaluate(() => window.harness.host.document.nodes.map(({ id }) => id));
}

test('five hundred nodes fit into view at once, and all come, in the order of the document', async () => {
  const page = await open('fiveHundred');
  await page.waitForSelector('.far-picture');
  const places = await page.evaluate(() => Object.values(window.harness.host.document.layout));
  const isPainted = () =>
    page.evaluate(
      (middles) => {
        const pane = document.querySelector<HTMLElement>('.vue-flow__transformationpane');
        const context = document.querySelector<HTMLCanvasElement>('.far-picture')?.getContext('2d');
        const view = new DOMMatrix(pane?.style.transform);
        return middles.every(([x, y]) => {
          const { x: left, y: top } = view.transformPoint({ x, y });
          return context?.getImageData(left * devicePixelRatio, top * devicePixelRatio, 1, 1).data[3] === 255;
        });
      },
      places.map(({ x, y, width, height }) => [x + width / 2, y + height / 2] as const),
    );
  await expect.poll(isPainted, PATIENCE).toBe(true);
  await expect.poll(async () => (await idsOnPage()).length, PATIENCE).toBe(COUNT);
  expect(await idsOnPage()).toEqual(await documentIds());
});

test('where a part of many nodes is in view, that part comes first', async () => {
  const viewport = { x: -4000, y: -2240, zoom: 1 };
  const page = await open('fiveHundred', `&state=${encodeURIComponent(JSON.stringify({ viewport }))}`);
  await page.waitForSelector('[role=treeitem]');
  const first = await idsOnPage();
  const inView = await page.evaluate(({ x, y }) => {
    const { width, height } = document.querySelector('.vue-flow')?.getBoundingClientRect() ?? new DOMRect();
    return Object.entries(window.harness.host.document.layout)
      .filter(([, place]) => place.x + x < width && place.x + place.width + x > 0)
      .filter(([, place]) => place.y + y < height && place.y + place.height + y > 0)
      .map(([id]) => id);
  }, viewport);
  expect(first).toEqual(expect.arrayContaining(inView));
  await expect.poll(async () => (await idsOnPage()).length, PATIENCE).toBe(COUNT);
});
