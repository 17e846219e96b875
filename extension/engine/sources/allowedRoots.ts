import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { PikaError } from '#common/base/pikaError';

/** The folders and files that may be read without DuckDB, which guards its own reading. */
export class AllowedRoots {
  private constructor(private readonly roots: readonly string[]) {}

  /** Resolves links once; a root that does not exist allows nothing. */
  static async resolve(paths: readonly string[]): Promise<AllowedRoots> {
    const resolved = await Promise.all(paths.map((path) => realpath(path).catch(() => path)));
    return new AllowedRoots(resolved);
  }

  /** @throws PikaError `source-outside` when an existing file, links resolved, lies in none of the roots. */
  async check(path: string): Promise<void> {
    const real = await realpath(path).catch(() => path);
    if (this.roots.some((root) => isInside(root, real))) return;
    throw new PikaError('source-outside', 'This file lies outside the folders that Pika may read.', {
      path,
      hint: 'Open it with Pika, or add its folder to the workspace.',
    });
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
