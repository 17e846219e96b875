import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useHarness } from '../support/webviewHarness/useHarness.ts';

const { open } = useHarness();

interface AccessibleNode {
  readonly nodeId: string;
  readonly parentId?: string;
  readonly ignored: boolean;
  readonly role?: { readonly value?: unknown };
  readonly name?: { readonly value?: unknown };
}

/** What Chromium tells screen readers of the nodes: the names in the tree, in order, and what the tree is called. */
async function treeOf(page: Page): Promise<{ readonly tree: unknown; readonly items: readonly unknown[] }> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: readonly AccessibleNode[] };
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const owner = ({ parentId = '' }: AccessibleNode): AccessibleNode | undefined => {
    const parent = byId.get(parentId);
    return parent && (parent.ignored || parent.role?.value === 'generic') ? owner(parent) : parent;
  };
  const items = nodes.filter(({ ignored, role }) => !ignored && role?.value === 'treeitem');
  const owners = new Set(items.map(owner));
  expect([...owners].map((each) => each?.role?.value)).toEqual(['tree']);
  return { tree: [...owners][0]?.name?.value, items: items.map(({ name }) => name?.value) };
}

test('a screen reader finds a labelled tree whose items say name, kind and state', async () => {
  const page = await open('states');
  for (const id of ['nothing', 'categories']) await page.waitForSelector(`[data-node-id=${id}][data-state=done]`);
  const { tree, items } = await treeOf(page);
  expect(tree).toBe('Nodes');
  expect(items).toEqual([
    'broken, source, failed, The value "N/A" in the column temperature is no number.',
    'importing, source, importing 42 %',
    'wrong, query, failed, Parser Error: syntax error at end of input',
    'narrow, query, failed, There is no node, table or file named trip.',
    'slow, query, running',
    'broken, table, failed, broken failed, so there is nothing to read.',
    'importing, table, running',
    'wrong, plot, not run',
    'wrong, table, ready, 3 rows',
    'stopped, query, cancelled, Cancelled.',
    'a_name_that_is_so_long_that_no_header_of_any_card_can_ever_hold_it, source, ready, 3,000,000 rows',
    'filter_1, filter node',
    'wrong, plot, ready, 0 rows',
    'wrong, plot, ready, 28,810 rows',
  ]);
});

test('nodes that are only drawn from afar say the same', async () => {
  const near = await open('flights');
  await near.waitForSelector('[data-node-id=late_plot][data-state=done]');
  await near.waitForSelector('[data-node-id=by_day][data-state=done]');
  await near.waitForSelector('[data-node-id=speeds][data-state=done]');
  const before = await treeOf(near);
  await near.evaluate(() => {
    const wheel = { deltaY: 400, ctrlKey: true, clientX: 600, clientY: 400, bubbles: true, cancelable: true };
    for (let turn = 0; turn < 4; turn++)
      document.querySelector('.vue-flow__pane')?.dispatchEvent(new WheelEvent('wheel', wheel));
  });
  await near.waitForSelector('.far-picture');
  expect(await treeOf(near)).toEqual(before);
});
