import { afterAll, afterEach, beforeAll } from 'vitest';
import { fromRepository } from '../../extension/build/paths.ts';
import type { PikaWindow, PikaWindowOptions } from './pikaWindow.ts';
import { giveBack, takeWindow } from './sharedWindow.ts';

/**
 * One window for the tests of a file: taken before them, emptied after each, given back at the end.
 * A test that fails leaves a picture of the window in `.cache/test/pictures`.
 */
export function usePikaWindow(options: () => Promise<PikaWindowOptions> | PikaWindowOptions): () => PikaWindow {
  let window: PikaWindow | undefined;
  let isIntact = true;
  const current = () => {
    if (!window) throw new Error('the window is not open');
    return window;
  };
  beforeAll(async () => {
    window = await takeWindow(await options());
  });
  afterEach(async ({ task }) => {
    const { workbench } = current();
    const wasIntact = isIntact && task.result?.state !== 'fail';
    if (task.result?.state === 'fail') await workbench.page.screenshot({ path: picturePath(task.name) });
    // It stays false when an editor cannot be closed.
    isIntact = false;
    await workbench.closeAll();
    isIntact = wasIntact;
  });
  afterAll(() => window && giveBack(window, isIntact));
  return current;
}

function picturePath(testName: string): string {
  return fromRepository('.cache', 'test', 'pictures', `${testName.replace(/\W+/g, '-')}.png`);
}
