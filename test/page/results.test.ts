import { expect, test } from 'vitest';
import { node, PAGE_SIZE, useHarness } from '../support/webviewHarness/useHarness.ts';

const PANEL_WIDTH = 292;

const { open, waitFor, waitForCell } = useHarness();

test('a result in a panel shows its rows, plot or SQL, one in the whole panel, and remembers which', async () => {
  const page = await open('result');
  await waitForCell('late_table', 0, 0);
  const tab = (name: string) => page.getByRole('tab', { name });
  expect(await page.locator('[data-node-id]').count()).toBe(1);
  const shown = await page.locator(node('late_table')).boundingBox();
  expect([shown?.width, (shown?.y ?? 0) + (shown?.height ?? 0)]).toEqual([
    PAGE_SIZE.width - PANEL_WIDTH,
    PAGE_SIZE.height,
  ]);
  await page.keyboard.press('Escape');
  await page.click(`${node('late_table')} [aria-rowindex="3"] [aria-colindex="2"]`);
  await page.waitForSelector(`${node('late_table')} .cell.cursor`);
  await tab('Table').focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForSelector(`${node('late_plot')}[data-state=done]`);
  expect(await tab('Plot').getAttribute('aria-selected')).toBe('true');
  expect(await page.evaluate(() => (window.harness.state as { activeId: string }).activeId)).toBe('late_plot');
  await page.locator(node('late_plot')).click({ button: 'right', position: { x: 300, y: 200 } });
  await page.getByRole('menuitem', { name: 'Export Plot…' }).click();
  await page.getByRole('button', { name: 'Keep as Workspace' }).click();
  expect(await waitFor('runCommand', 2)).toEqual([
    { command: 'exportPlot', nodeId: 'late_plot' },
    { command: 'keepAsWorkspace', nodeId: null },
  ]);
});
