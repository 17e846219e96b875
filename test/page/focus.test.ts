import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { ringShare, type Box } from '../support/focusRing.ts';
import { HARNESS_THEMES } from '../support/webviewHarness/themes.ts';
import { node, useHarness } from '../support/webviewHarness/useHarness.ts';

const LEAST_SHARE = 0.5;
const MARGIN_PX = 8;
/** What is reached by other keys than Tab, or by the mouse. */
const NOT_BY_TAB = `${node('late_table')} [role=columnheader]:first-child [tabindex="-1"]`;
/** How many different things take the focus at least: the toolbar, a source's node, menu and port, a table with its head, the encoding. */
const LEAST_COUNTS = { bar: 10, source: 3, table: 6, panel: 20 };

const { open, waitForCell } = useHarness();

/** What has the focus. */
interface Focused {
  readonly name: string;
  /** The same for things that look alike wherever they are. */
  readonly look: string;
  readonly box: Box;
}

/** Null when nothing has the focus, or an editor, whose caret shows it. */
function focused(page: Page): Promise<Focused | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element.matches('.cm-content')) return null;
    const { x, y, width, height } = element.getBoundingClientRect();
    const own = element.closest<HTMLElement>('[data-node-id]');
    const label = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
    const place = own?.dataset['nodeKind'] ?? (element.closest('aside') ? 'panel' : 'bar');
    const name = `${own?.dataset['nodeId'] ?? place}: ${label}`;
    const look = own ? `${place} ${element.localName} ${element.className.replace(/active|selected/g, '')}` : name;
    return { name, look, box: { x, y, width, height } };
  });
}

/** Share of the edge of what has the focus along which that is seen; it has the focus afterwards. */
async function shareOf(page: Page, { x, y, width, height }: Box): Promise<number> {
  const clip = {
    x: Math.floor(x) - MARGIN_PX,
    y: Math.floor(y) - MARGIN_PX,
    width: Math.ceil(width) + 2 * MARGIN_PX,
    height: Math.ceil(height) + 2 * MARGIN_PX,
  };
  const picture = async () => PNG.sync.read(await page.screenshot({ clip, animations: 'disabled' }));
  const withFocus = await picture();
  const element = await page.evaluateHandle(() => {
    let inner = document.activeElement;
    while (inner?.shadowRoot?.activeElement) inner = inner.shadowRoot.activeElement;
    (inner as HTMLElement).blur();
    return inner as HTMLElement;
  });
  const plain = await picture();
  await element.evaluate((each) => each.focus());
  return ringShare(withFocus, plain, { x: x - clip.x, y: y - clip.y, width, height });
}

test.each(Object.keys(HARNESS_THEMES))('whatever takes the focus shows it by a ring, in %s', async (theme) => {
  const state = { viewport: { x: 0, y: 0, zoom: 1 }, isPanelOpen: true };
  const page = await open('flights', `&theme=${theme}&state=${encodeURIComponent(JSON.stringify(state))}`);
  await waitForCell('late_table', 0, 0);
  await page.waitForSelector(`${node('late_plot')}[data-state=done]`);
  const shares = new Map<string, readonly [name: string, share: number]>();
  const noteFocused = async () => {
    const thing = await focused(page);
    if (thing && !shares.has(thing.look)) shares.set(thing.look, [thing.name, await shareOf(page, thing.box)]);
    return thing?.name;
  };
  const walkTo = async (last: string) => {
    while ((await noteFocused()) !== last) await page.keyboard.press('Tab');
  };
  await walkTo('note: Size; use the arrow keys');
  await page.locator(node('late_plot')).locator('header').click();
  await page.locator('aside vscode-text-field').first().focus();
  await walkTo('panel: Copy Vega-Lite');
  for (const element of await page.locator(NOT_BY_TAB).all()) {
    await element.focus();
    await noteFocused();
  }
  const looks = [...shares.keys()];
  for (const [place, count] of Object.entries(LEAST_COUNTS)) {
    expect(looks.filter((look) => look.startsWith(place)).length, place).toBeGreaterThanOrEqual(count);
  }
  expect([...shares.values()].filter(([, share]) => share < LEAST_SHARE)).toEqual([]);
});
