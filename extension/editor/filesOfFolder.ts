import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { formatOfPath } from '#common/document/formatOfPath';
import type { SourceFormat } from '#common/document/pikaDocument';

/** Hive names the folders of a partitioned table after a column and its value. */
const PARTITION = /^[^=]+=/;

/** The data files of a folder as a source names them, and the formats they have. */
export interface FolderFiles {
  /** A glob where all have one ending. */
  readonly files: readonly string[];
  readonly formats: readonly SourceFormat[];
}

/**
 * The data files directly in a folder; where it is partitioned as Hive does it, `year=2024/month=5/…`, those of all
 * partitions, of which the first tells the format. Other folders inside are left alone.
 */
export async function filesOfFolder(folder: string): Promise<FolderFiles> {
  const { names, depth } = await findFiles(folder, 0);
  const formats = [...new Set(names.map(formatOfPath))].filter((format) => format !== null);
  const extensions = [...new Set(names.map((name) => extname(name)))];
  const levels = Array.from({ length: depth }, () => '*=*');
  if (depth === 0 && extensions.length > 1) return { files: names.map((name) => join(folder, name)), formats };
  return { files: extensions.map((extension) => join(folder, ...levels, `*${extension}`)), formats };
}

async function findFiles(folder: string, depth: number): Promise<{ names: readonly string[]; depth: number }> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && formatOfPath(entry.name) !== null).map(({ name }) => name);
  const [partition] = entries.filter((entry) => entry.isDirectory() && PARTITION.test(entry.name));
  return names.length === 0 && partition ? findFiles(join(folder, partition.name), depth + 1) : { names, depth };
}
