import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromRepository } from '../paths.ts';
import { npm } from '../npm.ts';

const VERSION = '4.139.1';
const ENTRY = ['node_modules', 'code-server', 'lib', 'vscode'] as const;

/**
 * Installs VS Code's server from npm into the cache folder, once.
 * @returns The server's program file, to be run with this Node.
 */
export async function installServer(): Promise<string> {
  const folder = fromRepository('.cache', `vscode-server-${VERSION}`);
  const program = join(folder, ...ENTRY, 'out', 'server-main.js');
  if (
    await access(program).then(
      () => true,
      () => false,
    )
  )
    return program;
  console.log(`Installing VS Code's server (code-server ${VERSION} from npm) into ${folder}`);
  const unfinished = `${folder}.part`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await writeFile(join(unfinished, 'package.json'), '{ "private": true }\n');
  await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', `code-server@${VERSION}`], unfinished);
  await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev'], join(unfinished, ...ENTRY));
  await rename(unfinished, folder);
  return program;
}
