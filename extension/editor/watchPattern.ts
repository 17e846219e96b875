import { basename, dirname } from 'node:path';

const GLOB = /[*?[]/;

/** What to watch for a source's path or glob: a folder without wildcards, and one of VS Code's globs for what is below it. */
export function watchPattern(file: string): { readonly folder: string; readonly pattern: string } {
  let folder = dirname(file);
  let pattern = basename(file);
  while (GLOB.test(folder)) {
    pattern = `${basename(folder)}/${pattern}`;
    folder = dirname(folder);
  }
  // VS Code's globs have alternatives in braces, DuckDB's have none.
  return { folder, pattern: pattern.replace(/[{}]/g, '[$&]') };
}
