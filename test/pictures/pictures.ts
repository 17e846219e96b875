import type { Locator } from 'playwright-core';
import type { Workbench } from '../support/workbench.ts';

interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Makes the window show something. @returns The part of it that is the picture; all of it when absent. */
type Picture = (workbench: Workbench) => Promise<Clip | undefined>;

const MARGIN_PX = 60;
/** Toolbar and panel down to the end of the scales. */
const PANEL_PX = 520;
const DIFF = { from: 236, height: 530 };

/** The pictures by their place: the README's, and those of the walkthrough's steps. */
export const pictures: Readonly<Record<string, Picture>> = {
  workspace: async (workbench) => {
    await workbench.explorerItem('flights.pika').dblclick();
    for (const id of ['delays', 'lengths', 'rows']) await workbench.nodeReaches(workbench.node({ id }), 'done');
    await settle(workbench);
    return undefined;
  },
  'walkthrough/sample': async (workbench) => {
    await openSample(workbench);
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await settle(workbench);
    const clip = await boxOf(workbench.page.locator('.editor-group-container').first());
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    return clip;
  },
  'walkthrough/open': async (workbench) => {
    await openSample(workbench);
    await workbench.openMenuInExplorer('weather.csv', 'Open in Pika');
    await workbench.menuItem('Open in Pika').hover();
    return { x: 0, y: 0, width: 900, height: 620 };
  },
  'walkthrough/query': async (workbench) => {
    await openSample(workbench);
    const node = workbench.node({ id: 'monthly' });
    await zoomTo(workbench, node);
    await node.locator('.cm-content').click();
    const { keyboard } = workbench.page;
    await keyboard.press('Control+Home');
    await keyboard.press('End');
    await keyboard.press('Enter');
    await keyboard.type('  te', { delay: 40 });
    await workbench.canvas().locator('.cm-tooltip-autocomplete').waitFor();
    return around(node);
  },
  'walkthrough/plot': async (workbench) => {
    await openSample(workbench);
    const node = workbench.node({ id: 'temperatures' });
    await workbench.canvas().getByRole('button', { name: 'Show Details' }).click();
    await zoomTo(workbench, node);
    return { ...(await boxOf(workbench.page.locator('.editor-group-container').first())), height: PANEL_PX };
  },
  'walkthrough/share': async (workbench) => {
    await workbench.chooseInExplorer('earlier.pika', 'Select for Compare');
    await workbench.chooseInExplorer('later.pika', 'Compare with Selected');
    await workbench.page.locator('.diff-hidden-lines, .line-insert').first().waitFor();
    const box = await boxOf(workbench.page.locator('.editor-group-container').first());
    return { ...box, y: box.y + DIFF.from, height: DIFF.height };
  },
};

async function openSample(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Pika: Open Sample Workspace');
  for (const id of ['temperatures', 'sky', 'spread', 'records'])
    await workbench.nodeReaches(workbench.node({ id }), 'done');
  await settle(workbench);
}

/** Brings a node to a legible size. */
async function zoomTo(workbench: Workbench, node: Locator): Promise<void> {
  await node.locator('header').click();
  await workbench.page.keyboard.press('Shift+2');
  await settle(workbench);
}

/** Waits until nothing moves any more. */
async function settle(workbench: Workbench): Promise<void> {
  let before = '';
  await workbench.until(async () => {
    const now = (await workbench.page.screenshot()).toString('base64');
    const isSame = now === before;
    before = now;
    return isSame;
  });
}

async function boxOf(locator: Locator): Promise<Clip> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('is not on screen');
  return box;
}

async function around(locator: Locator): Promise<Clip> {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x - MARGIN_PX, y: y - MARGIN_PX, width: width + 2 * MARGIN_PX, height: height + 2 * MARGIN_PX };
}
