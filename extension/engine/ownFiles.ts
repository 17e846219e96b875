import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineConfig } from '#common/protocol/engineContract';
import { removeOwnParts } from './export/partJournal.ts';

/** Statements that still run may write one more file while a folder is being removed. */
const MAX_RETRIES = 5;

/** Removes what this process alone wrote: its scratch folder, and exports and files of the cache that it has not finished. */
export function removeOwnFiles({ scratchDirectory, cacheDirectory }: EngineConfig): void {
  removeOwnParts(cacheDirectory);
  const unfinished = namesIn(cacheDirectory).filter((name) => name.includes(`.tmp-${process.pid}-`));
  for (const path of [...unfinished.map((name) => join(cacheDirectory, name)), scratchDirectory]) {
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: MAX_RETRIES, retryDelay: 10 });
    } catch {
      // Some systems keep open files; the next engine removes them.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
