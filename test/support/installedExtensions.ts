import { cp, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fromRepository } from '../../extension/build/paths.ts';
import { installExtension } from '../../extension/build/vscode/server.ts';

const INSTALLED = fromRepository('.cache', 'test', 'installed');

/**
 * Puts a packaged extension into a server's data folder as that server's own command would. Unpacking it takes seconds,
 * so it is done once for a package and copied from then on.
 */
export async function copyInstalled(program: string, dataFolder: string, vsix: string): Promise<void> {
  await cp(await unpacked(program, vsix), join(dataFolder, 'extensions'), { recursive: true });
}

/** The folder that holds a package as it is when installed; must not be asked for twice at once while there is none. */
export async function unpacked(program: string, vsix: string): Promise<string> {
  const { size, mtimeMs } = await stat(vsix);
  const kept = join(INSTALLED, `${basename(vsix, '.vsix')}-${size}-${Math.round(mtimeMs)}`);
  if (!(await exists(kept))) await installInto(kept, program, vsix);
  return kept;
}

async function installInto(kept: string, program: string, vsix: string): Promise<void> {
  const server = await mkdtemp(join(tmpdir(), 'pika-install-'));
  await installExtension({ program, dataFolder: server, isTrustOn: false }, vsix);
  await cp(join(server, 'extensions'), `${kept}.part`, { recursive: true });
  await rename(`${kept}.part`, kept);
  await rm(server, { recursive: true, force: true });
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
