import { expect, test } from 'vitest';
import { node, useHarness } from '../support/webviewHarness/useHarness.ts';

const { open, heard, waitFor } = useHarness();

test('SQL is committed once when it is run, and Delete in the editor removes no node', async () => {
  const page = await open('flights');
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

test.each([
  ['running the query', 'Control+Enter'],
  ['running a part of it', 'Control+Shift+Enter'],
])('%s closes the list of completions, and so does leaving the editor: it would cover the result', async (_, key) => {
  const page = await open('flights');
  const list = page.locator('.cm-tooltip-autocomplete');
  await page.click(`${node('late')} .body`);
  await page.waitForSelector(`${node('late')} .cm-focused`);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.type('SELECT * FROM fli');
  await list.waitFor();
  await page.keyboard.press(key);
  await list.waitFor({ state: 'detached' });
  await page.keyboard.type('g');
  await list.waitFor();
  await page.locator('.bar').click({ position: { x: 2, y: 2 } });
  await list.waitFor({ state: 'detached' });
});

test('the narrowest query says where it failed', async () => {
  const page = await open('states');
  const place = page.locator(node('narrow')).getByText('line 2, column 6');
  const card = await page.locator(node('narrow')).boundingBox();
  const text = await place.boundingBox();
  if (!card || !text) throw new Error('the node or its place is not shown');
  expect(text.x + text.width).toBeLessThan(card.x + card.width);
  expect(text.y + text.height).toBeLessThan(card.y + card.height);
});

test('leaving the editor with Escape commits too, and Delete then removes the node', async () => {
  const page = await open('flights');
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

test('the Tab key passes by an editor, and indents in one that was entered until it is left', async () => {
  const page = await open('blankQuery');
  const isIn = () => page.evaluate((id) => document.activeElement?.closest(id) !== null, node('blank'));
  const pass = async () => {
    const passed = [];
    for (let turn = 0; turn < 8 && (await isIn()); turn++) {
      await page.keyboard.press('Tab');
      passed.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')));
    }
    expect(await isIn()).toBe(false);
    return passed;
  };
  await page.focus(node('blank'));
  expect(await pass()).toContain('SQL');
  await page.focus(node('blank'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${node('blank')} .cm-focused`);
  await page.keyboard.type('SELECT');
  await page.keyboard.press('Tab');
  expect(await page.textContent(`${node('blank')} .cm-line`)).toMatch(/^\s+SELECT$/);
  await page.keyboard.press('Escape');
  expect(await pass()).toContain('SQL');
});
