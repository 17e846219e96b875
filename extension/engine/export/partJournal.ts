import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { isRunning } from '../cache/isRunning.ts';

const FOLDER = 'exports';
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const ENTRY = /^(\d+)-([0-9a-f]{8})-[0-9a-f-]{36}$/;
const PART = /^\.pika-export-[0-9a-f-]{36}\.part$/;
/** What DuckDB may write beside a database file. */
const COMPANIONS = ['', '.wal', '.tmp'];

/** Remembers in the cache folder where unfinished exports lie, so that those of an engine that was killed are found again. */
export class PartJournal {
  readonly #folder: string;

  constructor(cacheFolder: string) {
    this.#folder = join(cacheFolder, FOLDER);
  }

  /** A new path in a folder, noted until `forget`. */
  async newPart(folder: string): Promise<{ readonly path: string; forget(): Promise<void> }> {
    const id = randomUUID();
    const path = join(folder, `.pika-export-${id}.part`);
    const entry = join(this.#folder, `${process.pid}-${HOST}-${id}`);
    await mkdir(this.#folder, { recursive: true });
    await writeFile(entry, path);
    return { path, forget: () => rm(entry, { force: true }) };
  }
}

/** Removes the unfinished exports of processes that are gone. */
export function removeAbandonedParts(cacheFolder: string): void {
  removeParts(cacheFolder, (pid) => !isRunning(pid));
}

/** Removes the unfinished exports of this process, which is about to end. */
export function removeOwnParts(cacheFolder: string): void {
  removeParts(cacheFolder, (pid) => pid === process.pid);
}

/** Removes a part and what DuckDB wrote beside it. */
export async function removePart(path: string): Promise<void> {
  for (const ending of COMPANIONS) await rm(path + ending, { recursive: true, force: true });
}

function removeParts(cacheFolder: string, isMeant: (pid: number) => boolean): void {
  const folder = join(cacheFolder, FOLDER);
  for (const name of namesIn(folder)) {
    const [, pid, host] = ENTRY.exec(name) ?? [];
    if (pid === undefined || host !== HOST || !isMeant(Number(pid))) continue;
    try {
      const path = readFileSync(join(folder, name), 'utf8');
      if (PART.test(basename(path))) {
        for (const ending of COMPANIONS) rmSync(path + ending, { recursive: true, force: true });
      }
      rmSync(join(folder, name), { force: true });
    } catch {
      // A disk that is not there now may be there when the next engine starts.
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
