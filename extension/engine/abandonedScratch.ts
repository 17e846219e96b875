import { readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRunning } from './cache/isRunning.ts';
import { THIS_MACHINE } from './cache/thisMachine.ts';

const OWNER_FILE = /^owner-(\d+)-([0-9a-f]{8})$/;

/** Marks a scratch folder as this process's, so that others can tell when it is abandoned. */
export async function claimScratch(scratchDirectory: string): Promise<void> {
  await writeFile(join(scratchDirectory, `owner-${process.pid}-${THIS_MACHINE}`), '');
}

/**
 * Removes scratch folders whose engine died together with its host, as when the machine lost power.
 *
 * @param scratchDirectory This engine's own, `<root>/<host>/<engine>`; the others are looked for under the same root.
 */
export async function removeAbandonedScratch(scratchDirectory: string): Promise<void> {
  const root = dirname(dirname(scratchDirectory));
  for (const host of await namesIn(root)) {
    const engines = await namesIn(join(root, host));
    for (const engine of engines) await removeIfAbandoned(join(root, host, engine));
    // Only an empty folder can be removed so.
    if (engines.length > 0) await rmdir(join(root, host)).catch(() => undefined);
  }
}

async function removeIfAbandoned(folder: string): Promise<void> {
  const owners = (await namesIn(folder)).map((name) => OWNER_FILE.exec(name)).filter((match) => match !== null);
  const isAbandoned = owners.some(([, pid, machine]) => machine === THIS_MACHINE && !isRunning(Number(pid)));
  if (isAbandoned) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
