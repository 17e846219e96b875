import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { fromRepository } from './paths.ts';

const PACKAGE = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//g;
const RULE = '-'.repeat(80);

interface Manifest {
  readonly version: string;
  readonly license?: string;
}

/** Writes the licence texts of every package that is part of the bundles. */
export async function writeNotices(metafiles: readonly Metafile[], file: string): Promise<void> {
  const folders = new Set(metafiles.flatMap((metafile) => Object.keys(metafile.inputs).flatMap(packageFolder)));
  const notices = await Promise.all([...folders].sort().map(notice));
  await writeFile(file, notices.join(`\n${RULE}\n\n`));
}

function packageFolder(input: string): string[] {
  const last = [...input.matchAll(PACKAGE)].at(-1);
  return last ? [input.slice(0, last.index + last[0].length)] : [];
}

async function notice(folder: string): Promise<string> {
  const path = fromRepository(folder);
  const manifest = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as Manifest;
  const name = folder.replace(/^.*node_modules\//, '').replace(/\/$/, '');
  const files = (await readdir(path)).filter((entry) => /^(licen[cs]e|notice)/i.test(entry)).sort();
  const texts = await Promise.all(files.map((entry) => readFile(join(path, entry), 'utf8')));
  return [`${name} ${manifest.version} (${manifest.license ?? 'see below'})`, '', ...texts, ''].join('\n');
}
