import { afterEach, expect, test } from 'vitest';
import { useHarness } from '../support/webviewHarness/useHarness.ts';

const { open, current } = useHarness();

afterEach(() => current().emulateMedia({ reducedMotion: null }));

/** Animations that run, and how many steps the canvas takes to where a key sends it. */
async function motion(): Promise<{ readonly running: number; readonly steps: number }> {
  const page = current();
  await page.waitForSelector('[data-state=running]');
  await page.waitForFunction(() => document.fonts.status === 'loaded');
  const running = await page.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
  );
  const moves = await page.evaluateHandle(() => {
    const pane = document.querySelector('.vue-flow__transformationpane');
    const seen = new Set<string>();
    if (!(pane instanceof HTMLElement)) throw new Error('there is no canvas');
    new MutationObserver(() => seen.add(pane.style.transform)).observe(pane, { attributeFilter: ['style'] });
    return { seen, pane };
  });
  await page.focus('[data-node-id]');
  await page.keyboard.press('Shift+Digit0');
  await page.waitForFunction(({ pane }) => new DOMMatrix(pane.style.transform).a === 1, moves);
  return { running, steps: await moves.evaluate(({ seen }) => seen.size) };
}

test('running nodes move and the canvas glides', async () => {
  await open('states');
  const { running, steps } = await motion();
  expect(running).toBeGreaterThan(2);
  expect(steps).toBeGreaterThan(1);
});

test('nothing moves for those who want no motion, by the system or by VS Code', async () => {
  await current().emulateMedia({ reducedMotion: 'reduce' });
  await open('states');
  expect(await motion()).toEqual({ running: 0, steps: 1 });
  await current().emulateMedia({ reducedMotion: null });
  await open('states');
  await current().evaluate(() => document.body.classList.add('vscode-reduce-motion'));
  expect(await motion()).toEqual({ running: 0, steps: 1 });
});
