import { expect, test } from 'vitest';
import { node, useHarness } from '../support/webviewHarness/useHarness.ts';

const { open, heard, waitFor } = useHarness();

test('an untrusted workspace is drawn, runs nothing and leads to the trust editor', async () => {
  const page = await open('untrusted');
  await page.click(`${node('late_plot')} vscode-button >> text=Manage Trust`);
  expect(await waitFor('runCommand')).toEqual([{ command: 'manageTrust', nodeId: null }]);
  await page.focus(node('late'));
  await page.keyboard.press('Delete');
  expect([await heard('openPlot'), await heard('readRows'), await heard('edit')]).toEqual([[], [], []]);
});

test('an invalid document shows what is wrong, where, and opens as text', async () => {
  const page = await open('invalid');
  const problems = await page.$$eval('.problems li', (items) => items.map((item) => item.textContent));
  expect(problems).toEqual([
    'A comma is missing between two nodes.line 14',
    'The plot shows "lates", which is not in this workspace.line 31 · late_plot',
  ]);
  await page.click('vscode-button >> text=Open as Text');
  expect(await waitFor('runCommand')).toEqual([{ command: 'openAsText', nodeId: null }]);
});

test('an empty workspace offers to open a file', async () => {
  const page = await open('empty');
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
  const page = await open('flights', `&state=${encodeURIComponent(JSON.stringify(state))}`);
  await page.waitForSelector(`${node('late_plot')}.active`);
  const transform = await page.$eval('.vue-flow__transformationpane', (pane) => (pane as HTMLElement).style.transform);
  expect(transform).toBe('translate(-120px, 40px) scale(0.8)');
});

for (const theme of ['light', 'hc-dark', 'hc-light']) {
  test(`every state is drawn in the theme ${theme} within the page's policy`, async () => {
    const page = await open('states', `&theme=${theme}`);
    await page.waitForSelector(`${node('categories')}[data-state=done]`);
    const nodes = await page.$$eval('[data-node-id]', (all) =>
      all.map((each) => (each as HTMLElement).dataset['nodeId']),
    );
    const ids = await page.evaluate(() => Object.keys(window.harness.host.document.layout));
    expect(nodes.toSorted()).toEqual(ids.toSorted());
  });
}
