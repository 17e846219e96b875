import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, open, rename } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { PikaError, cancelledError } from '#common/base/pikaError';
import { isAborted } from '../database/interruptible.ts';
import type { AllowedRoots } from '../sources/allowedRoots.ts';
import type { ExportTarget } from './exportTarget.ts';
import { removePart, type PartJournal } from './partJournal.ts';

const PERMISSIONS = 0o777;

/** Where unfinished exports may be written. */
export interface PartPlaces {
  readonly scratchDirectory: string;
  readonly journal: PartJournal;
  readonly allowed: AllowedRoots;
}

/**
 * An export that is being written, beside its target where DuckDB may write there and in the scratch folder otherwise.
 * The target itself is touched by one rename, when everything is on the disk.
 */
export class PartFile {
  private constructor(
    private readonly places: PartPlaces,
    private readonly target: ExportTarget,
    private readonly part: Awaited<ReturnType<PartJournal['newPart']>>,
    private readonly isBeside: boolean,
  ) {}

  static async create(places: PartPlaces, target: ExportTarget): Promise<PartFile> {
    const isBeside = await mayWriteIn(target.folder, places.allowed);
    const part = await places.journal.newPart(isBeside ? target.folder : places.scratchDirectory);
    return new PartFile(places, target, part, isBeside);
  }

  /** What is to be written. */
  get path(): string {
    return this.part.path;
  }

  /** Makes what was written the target. */
  async publish(signal: AbortSignal): Promise<void> {
    if (this.isBeside) await replace(this.path, this.target, signal);
    else await this.#publishFromScratch(signal);
    await this.part.forget();
  }

  /** Removes what was written. */
  async discard(): Promise<void> {
    await removePart(this.path);
    await this.part.forget();
  }

  async #publishFromScratch(signal: AbortSignal): Promise<void> {
    const { path, forget } = await this.places.journal.newPart(this.target.folder);
    try {
      await pipeline(createReadStream(this.path), createWriteStream(path, { flags: 'wx' }), { signal });
      await replace(path, this.target, signal);
    } catch (error) {
      await removePart(path);
      throw isAborted(signal) ? cancelledError() : error;
    } finally {
      await forget();
    }
    await removePart(this.path);
  }
}

async function replace(from: string, { path, folder, existing }: ExportTarget, signal: AbortSignal): Promise<void> {
  await flush(from, signal);
  if (existing) await chmod(from, existing.mode & PERMISSIONS);
  if (isAborted(signal)) throw cancelledError();
  await rename(from, path);
  // The data is safe already; not every system can flush a folder.
  await flush(folder, new AbortController().signal, 'r').catch(() => undefined);
}

/** Waits until the disk has everything; a large file takes long, so cancelling does not wait for it. */
async function flush(path: string, signal: AbortSignal, flags = 'r+'): Promise<void> {
  const file = await open(path, flags);
  const flushed = file.sync().finally(() => file.close());
  flushed.catch(() => undefined);
  await Promise.race([flushed, whenAborted(signal)]);
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(cancelledError());
    signal.addEventListener('abort', () => reject(cancelledError()), { once: true });
  });
}

async function mayWriteIn(folder: string, allowed: AllowedRoots): Promise<boolean> {
  try {
    await allowed.check(folder);
    return true;
  } catch (error) {
    if (PikaError.is(error, 'source-outside')) return false;
    throw error;
  }
}
