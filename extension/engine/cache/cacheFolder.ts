import { randomUUID } from 'node:crypto';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning } from './isRunning.ts';

const CACHE_FILE = /^([0-9a-f]{32})\.(duckdb|sample\.\w+)$/;
/** Samples, whole or half-written, serve until their file is imported. */
const SAMPLE_FILE = /^[0-9a-f]{32}\.sample\./;
const SAMPLE_LIFE_MS = 24 * 60 * 60 * 1000;
const TEMPORARY = /^[0-9a-f]{32}\.tmp-(\d+)-[0-9a-f-]+(?:\.wal)?$/;

/** A finished file of the cache. */
export interface CacheFile {
  readonly path: string;
  readonly key: string;
  readonly isImport: boolean;
  readonly byteLength: number;
  /** When it was made or last used. */
  readonly usedMs: number;
}

/** Path of the import of a key. */
export function importPath(folder: string, key: string): string {
  return join(folder, `${key}.duckdb`);
}

/** A new path for a file that is not finished, or about to be removed; it tells whose it is. */
export function temporaryPath(folder: string, key: string): string {
  return join(folder, `${key}.tmp-${process.pid}-${randomUUID()}`);
}

/** The finished files, those that were not used for the longest time first. */
export async function listCacheFiles(folder: string): Promise<readonly CacheFile[]> {
  const files: CacheFile[] = [];
  for (const name of await readdir(folder)) {
    const [, key, ending] = CACHE_FILE.exec(name) ?? [];
    const path = join(folder, name);
    const facts = key === undefined ? null : await stat(path).catch(() => null);
    if (key === undefined || !facts) continue;
    files.push({ path, key, isImport: ending === 'duckdb', byteLength: facts.size, usedMs: facts.mtimeMs });
  }
  return files.sort((a, b) => a.usedMs - b.usedMs);
}

/** Notes that a file is used now. */
export async function touch(path: string): Promise<void> {
  const now = new Date();
  // Only the order of eviction suffers from a file that cannot be touched.
  await utimes(path, now, now).catch(() => undefined);
}

/** Whether there is such a file. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Deletes half-written files whose process is gone, and samples that are a day old. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const pid = TEMPORARY.exec(name)?.[1];
    const isLeftover = pid !== undefined && !isRunning(Number(pid));
    if (isLeftover || (SAMPLE_FILE.test(name) && (await isOld(path))))
      await rm(path, { force: true }).catch(() => null);
  }
}

async function isOld(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts !== null && Date.now() - facts.mtimeMs > SAMPLE_LIFE_MS;
}
