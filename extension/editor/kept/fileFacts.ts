import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { companionFiles } from '#common/document/companionFiles';
import { formatOfPath } from '#common/document/formatOfPath';
import type { QueryNode, SourceNode } from '#common/document/pikaDocument';
import { absolutePath } from '../paths.ts';
import type { FileFacts } from './keptIndex.ts';

const GLOB_CHARACTER = /[*?[]/;

/**
 * Path, size and time of every file of a source, as one text: equal texts mean the same files as before.
 *
 * Null where that cannot be said without asking DuckDB: remote data, and globs over several folders.
 */
export async function fileFacts({ files, format, remote }: SourceNode, baseDirectory: string): Promise<FileFacts> {
  if (remote) return null;
  const paths = files.map((file) => absolutePath(file, baseDirectory));
  const all = await Promise.all(paths.map(factsOf));
  if (all.includes(null)) return null;
  const beside = await Promise.all(paths.flatMap((path) => companionFiles(path, format)).map(statFacts));
  return JSON.stringify([...all, ...beside.filter((facts) => facts !== null && facts[1] > 0)]);
}

/** Whether a query may read files that no source names. */
export function readsFiles({ sql }: QueryNode): boolean {
  const quoted = sql.matchAll(/'([^']*)'|"([^"]*)"/g);
  return [...quoted].some(([, text = '', name = '']) => [text, name].some((each) => formatOfPath(each) !== null));
}

async function factsOf(path: string): Promise<unknown> {
  const own = await statFacts(path);
  if (own || !GLOB_CHARACTER.test(path)) return own;
  const folder = dirname(path);
  if (GLOB_CHARACTER.test(folder) || basename(path).includes('[')) return null;
  const pattern = patternOf(basename(path));
  const names = await readdir(folder).catch(() => []);
  const matching = names.filter((name) => pattern.test(name)).toSorted();
  return Promise.all(matching.map((name) => statFacts(join(folder, name))));
}

function patternOf(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|\\\]]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su');
}

async function statFacts(path: string): Promise<readonly [string, number, number] | null> {
  const found = await stat(path).catch(() => null);
  return found && [path, found.size, found.mtimeMs];
}
