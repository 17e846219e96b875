import { expect, test } from 'vitest';
import { node, useHarness } from '../support/webviewHarness/useHarness.ts';

const { open, waitFor } = useHarness();

test('the side panel edits the active plot, one edit for each choice', async () => {
  const page = await open('flights');
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
  const page = await open('states');
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
