import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Absolute path of a document's POSIX path. */
export function absolutePath(path: string, baseDirectory: string): string {
  return isAbsolute(path) ? path : resolve(baseDirectory, path);
}

/** POSIX path for a document: relative to its folder, or absolute when no relative path exists (another drive). */
export function documentPath(absolute: string, baseDirectory: string): string {
  const path = relative(baseDirectory, absolute);
  return (isAbsolute(path) ? absolute : path).split(sep).join('/');
}
