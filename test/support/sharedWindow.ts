import { inject } from 'vitest';
import { PikaWindow, type PikaWindowOptions } from './pikaWindow.ts';

/** The window that the test files of a run share one after another, which takes seconds to open. */
let shared: PikaWindow | undefined;

/** A window as a test file wants it: the shared one with its files, unless it needs a VS Code of its own. */
export async function takeWindow({ files, ...own }: PikaWindowOptions): Promise<PikaWindow> {
  if (Object.keys(own).length > 0) return PikaWindow.open({ files, ...own });
  if (shared) {
    await shared.replaceFiles(files);
    return shared;
  }
  shared = await PikaWindow.openOn({
    url: inject('vscodeUrl'),
    dataFolder: inject('vscodeDataFolder'),
    folders: inject('vscodeFolders'),
    stop: () => Promise.resolve(),
    graphics: 'none',
    files,
  });
  return shared;
}

/** Gives a window back. The shared one is kept for the next test file while it is as it was. */
export async function giveBack(window: PikaWindow, isIntact: boolean): Promise<void> {
  if (window === shared && isIntact) return;
  if (window === shared) shared = undefined;
  await window.close();
}
