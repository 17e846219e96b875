import { expect, test } from 'vitest';
import { node, useHarness } from '../support/webviewHarness/useHarness.ts';

const { open, heard, waitFor } = useHarness();

test('every node says from outside what it is and how it is doing', async () => {
  const page = await open('flights');
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

test('arrow keys inside a plot read its values and leave the node where it is', async () => {
  const page = await open('flights');
  await page.waitForSelector(`${node('speeds')}[data-state=done]`);
  await page.focus(`${node('speeds')} [aria-roledescription=plot]`);
  await page.keyboard.press('ArrowRight');
  await page.waitForSelector(`${node('speeds')}.active`);
  expect(await heard('edit')).toEqual([]);
});

test('failures offer their remedies and a retry, running nodes a cancel', async () => {
  const page = await open('states');
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
  const page = await open('flights');
  const said = page.locator('[role=status][aria-label=Results]');
  await page.evaluate(() => window.harness.host.setStatus('late', { state: 'running' }));
  await page.waitForSelector(`${node('late')}[data-state=running]`);
  await page.evaluate(() => window.harness.host.setStatus('late', { state: 'done', rowCount: 12 }));
  await page.waitForFunction(
    (element) => element.textContent.includes('late, query, ready, 12 rows'),
    await said.elementHandle(),
  );
});

test('a node added from the menu becomes the active one', async () => {
  const page = await open('flights');
  await page.click('vscode-button >> text=Add');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${node('query')}.active`);
  expect(await waitFor('edit')).toMatchObject([{ type: 'add', nodes: [{ kind: 'query', id: 'query' }] }]);
});

test('a source shows its first columns, however long their names and little its room', async () => {
  const page = await open('flights');
  const columns = Array.from({ length: 22 }, (_, index) => ({
    name: `n${index}_${'long_'.repeat(20)}`,
    type: 'DOUBLE',
  }));
  await page.evaluate((long) => window.harness.host.setStatus('flights', { columns: long }), columns);
  const chips = page.locator(`${node('flights')} ul[aria-label="22 columns"] .chip`);
  await expect.poll(() => chips.first().textContent()).toMatch(/^\s*n0_long/);
  const card = await page.locator(node('flights')).boundingBox();
  const boxes = await Promise.all((await chips.all()).map((chip) => chip.boundingBox()));
  const right = (card?.x ?? 0) + (card?.width ?? 0);
  expect(boxes.every((box) => box !== null && box.x + box.width < right)).toBe(true);
  expect(await chips.last().textContent()).toBe(`+${22 - (boxes.length - 1)}`);
});
