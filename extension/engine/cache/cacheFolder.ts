import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const CACHE_FILE = /^[0-9a-f]{32}\.(?:duckdb|sample\.\w+)$/;
/** Samples, whole or half-written, serve until their file is imported. */
const SAMPLE_FILE = /^[0-9a-f]{32}\.sample\./;
const SAMPLE_LIFE_MS = 24 * 60 * 60 * 1000;
const LEFTOVER = /^[0-9a-f]{32}\.tmp-(\d+)-[0-9a-f-]+(?:\.wal)?$/;

/** Deletes finished cache files and returns how many bytes that freed; files the system protects stay. */
export async function removeCacheFiles(folder: string): Promise<number> {
  let freedBytes = 0;
  for (const name of await readdir(folder)) {
    if (CACHE_FILE.test(name)) freedBytes += await remove(join(folder, name));
  }
  return freedBytes;
}

/** Deletes half-written files whose process is gone, and samples that are a day old. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = LEFTOVER.exec(name)?.[1];
    const isLeftover = pid !== undefined && !isRunning(Number(pid));
    if (isLeftover || (SAMPLE_FILE.test(name) && (await isOld(join(folder, name))))) await remove(join(folder, name));
  }
}

async function isOld(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts !== null && Date.now() - facts.mtimeMs > SAMPLE_LIFE_MS;
}

async function remove(path: string): Promise<number> {
  try {
    const { size } = await stat(path);
    await rm(path);
    return size;
  } catch {
    return 0;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
