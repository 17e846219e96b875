import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const WORKSPACE = {
  version: 1,
  nodes: [
    { id: 'numbers', kind: 'source', files: ['numbers.csv'] },
    { id: 'empty', kind: 'query', sql: '' },
    { id: 'group', kind: 'frame', title: 'Group' },
    { id: 'remark', kind: 'note', text: 'Inside the frame.' },
  ],
  layout: {
    numbers: { x: 0, y: 0, width: 280, height: 200 },
    empty: { x: 400, y: 40, width: 280, height: 200 },
    group: { x: 0, y: 320, width: 320, height: 240 },
    remark: { x: 40, y: 380, width: 200, height: 120 },
  },
};
const TEXT = JSON.stringify(WORKSPACE, null, 2);
/** Further than a node snaps. */
const RASTER_PX = 40;

describe('the canvas', () => {
  const pika = usePikaWindow(() => ({
    files: {
      'numbers.csv': 'a,b\n1,2\n3,4\n',
      'more.csv': 'c\n5\n6\n7\n',
      ...Object.fromEntries(['copy', 'line', 'frame', 'drop', 'typed'].map((name) => [`${name}.pika`, TEXT])),
    },
  }));

  async function open(name: string): Promise<void> {
    const { workbench } = pika();
    await workbench.openFile(name);
    await workbench.nodeReaches(node('numbers'), 'done');
  }

  function node(id: string): Locator {
    return pika().workbench.node({ id });
  }

  async function boxOf(locator: Locator) {
    const box = await locator.boundingBox();
    if (!box) throw new Error('is not on screen');
    return box;
  }

  async function drag(from: Locator, to: { readonly x: number; readonly y: number }): Promise<void> {
    const { mouse } = pika().workbench.page;
    const box = await boxOf(from);
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 8 });
    await mouse.up();
  }

  /** The workspace as it is saved once something in it has changed. */
  async function savedChange(): Promise<typeof WORKSPACE> {
    await pika().workbench.page.locator('.tab.active.dirty').waitFor();
    return JSON.parse(await readFile(await pika().save(), 'utf8')) as typeof WORKSPACE;
  }

  it('duplicates by key, takes it back, and pastes what was copied', async () => {
    await open('copy.pika');
    const { keyboard } = pika().workbench.page;
    await node('remark').locator('header').click();
    await keyboard.press('Control+D');
    await node('remark_2').waitFor();
    await keyboard.press('Control+Z');
    await node('remark_2').waitFor({ state: 'detached' });
    await node('numbers').locator('header').click();
    await keyboard.press('Control+C');
    await keyboard.press('Control+V');
    await pika().workbench.nodeReaches(node('numbers_2'), 'done');
  });

  it('writes the SQL of a line that is drawn out of a port, and finds neighbours by the arrow keys', async () => {
    await open('line.pika');
    const target = await boxOf(node('empty'));
    await node('numbers').hover();
    await drag(node('numbers').locator('[data-port-of]'), { x: target.x + 60, y: target.y + 60 });
    await node('empty').getByText('FROM numbers').waitFor();
    await pika().workbench.nodeReaches(node('empty'), 'done');
    await node('numbers').locator('header').click();
    await pika().workbench.page.keyboard.press('ArrowRight');
    await node('empty').and(pika().workbench.canvas().locator(':focus')).waitFor();
  });

  it('draws an edge while its name is typed after FROM, before the document has the text', async () => {
    await open('typed.pika');
    const { page } = pika().workbench;
    const draft = pika().workbench.canvas().locator('.edge.draft[data-edge-from=numbers]');
    await node('empty').locator('.body').click();
    await node('empty').locator('.cm-focused').waitFor();
    await page.keyboard.type('SELECT a FROM number');
    await page.keyboard.type('s');
    // A level line has no height, so it does not count as visible.
    await draft.waitFor({ state: 'attached' });
    expect(await page.locator('.tab.active.dirty').count()).toBe(0);
    expect(await readFile(join(pika().folder, 'typed.pika'), 'utf8')).toBe(TEXT);
    await page.keyboard.press('Backspace');
    await draft.waitFor({ state: 'detached' });
    await page.keyboard.type('s');
    await page.keyboard.press('Control+Enter');
    await pika().workbench.nodeReaches(node('empty'), 'done');
    await pika().workbench.canvas().locator('.edge:not(.draft)[data-edge-from=numbers]').waitFor({ state: 'attached' });
  });

  it('takes a file of the explorer where it is dropped', async () => {
    await open('drop.pika');
    const { page } = pika().workbench;
    const item = await boxOf(pika().workbench.explorerItem('more.csv'));
    const pane = await boxOf(pika().workbench.canvas().locator('.vue-flow__pane'));
    const at = { x: pane.x + pane.width * 0.75, y: pane.y + pane.height * 0.75 };
    await page.mouse.move(item.x + 40, item.y + item.height / 2);
    await page.mouse.down();
    await page.mouse.move(item.x + 60, item.y + item.height / 2 + 6, { steps: 3 });
    // VS Code gives what is dragged to the editor's content only while Shift is held.
    await page.keyboard.down('Shift');
    await page.mouse.move(at.x, at.y, { steps: 8 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await pika().workbench.nodeReaches(node('more'), 'done');
    expect(await node('more').getAttribute('data-rows')).toBe('3');
    const dropped = await boxOf(node('more'));
    expect(Math.abs(dropped.x - at.x)).toBeLessThan(RASTER_PX);
    expect(Math.abs(dropped.y - at.y)).toBeLessThan(RASTER_PX);
  });

  it('moves what lies in a frame with it, and arranges without overlaps', async () => {
    await open('frame.pika');
    const title = node('group').locator('header');
    const start = await boxOf(title);
    await drag(title, { x: start.x + start.width / 2 + 80, y: start.y + start.height / 2 + 40 });
    const { layout } = await savedChange();
    const { group, remark } = WORKSPACE.layout;
    expect([layout.remark.x - remark.x, layout.remark.y - remark.y]).toEqual([
      layout.group.x - group.x,
      layout.group.y - group.y,
    ]);
    expect(layout.group.x).toBeGreaterThan(group.x);
    await pika().workbench.canvas().getByRole('button', { name: 'Arrange' }).click();
    const after = await savedChange();
    expect(overlaps([after.layout.numbers, after.layout.empty, after.layout.group])).toEqual([]);
    expect(overlaps([after.layout.group, after.layout.remark])).toHaveLength(1);
  });
});

type Place = (typeof WORKSPACE.layout)['numbers'];

function overlaps(places: readonly Place[]): (readonly [Place, Place])[] {
  return places.flatMap((a, index) =>
    places
      .slice(index + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => [a, b] as const),
  );
}
