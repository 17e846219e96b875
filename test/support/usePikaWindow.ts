import { afterAll, afterEach, beforeAll } from 'vitest';
import { fromRepository } from '../../extension/build/paths.ts';
import { PikaWindow, type PikaWindowOptions } from './pikaWindow.ts';

/**
 * One window for the tests of a file: opened before them, emptied after each, closed at the end.
 * A test that fails leaves a picture of the window in `.cache/test/pictures`.
 */
export function usePikaWindow(options: () => Promise<PikaWindowOptions> | PikaWindowOptions): () => PikaWindow {
  let window: PikaWindow | undefined;
  const current = () => {
    if (!window) throw new Error('the window is not open');
    return window;
  };
  beforeAll(async () => {
    window = await PikaWindow.open(await options());
  });
  afterEach(async ({ task }) => {
    const { workbench } = current();
    if (task.result?.state === 'fail') await workbench.page.screenshot({ path: picturePath(task.name) });
    await workbench.closeAll();
  });
  afterAll(() => window?.close());
  return current;
}

function picturePath(testName: string): string {
  return fromRepository('.cache', 'test', 'pictures', `${testName.replace(/\W+/g, '-')}.png`);
}
