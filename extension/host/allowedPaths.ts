import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';

/** Paths together with what they are when links are followed, for DuckDB compares the latter. */
export function withRealPaths(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => [path, realPath(path)]))];
}

/** Whether every path lies in, or is, one of the allowed ones. */
export function isCovered(paths: readonly string[], allowed: readonly string[]): boolean {
  return paths.every((path) => allowed.some((root) => isInside(root, path)));
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
