import { rename, rm } from 'node:fs/promises';
import type { CacheFile } from './cacheFolder.ts';
import { exists, listCacheFiles, temporaryPath } from './cacheFolder.ts';
import type { CacheLeases } from './cacheLeases.ts';

/** What this engine has open of the cache. */
export interface AttachedImports {
  has(key: string): boolean;
  /** Closes an import; it is attached again when a statement names it. */
  detach(key: string): Promise<void>;
}

/** What this engine reads, and samples that nobody has a lease for, count as used for this long. */
const IN_USE_MS = 60 * 60 * 1000;

/** Makes room in a cache folder that several engines share, without taking away what one of them uses. */
export class CacheRoom {
  constructor(
    private readonly folder: string,
    private readonly leases: CacheLeases,
    private readonly attached: AttachedImports,
  ) {}

  /** Removes the least recently used files until the rest fits `maxBytes`, as far as nothing uses them. */
  async shrink(maxBytes: number): Promise<void> {
    const files = await listCacheFiles(this.folder);
    let excessBytes = files.reduce((sum, { byteLength }) => sum + byteLength, -maxBytes);
    if (excessBytes <= 0) return;
    const held = await this.leases.heldByOthers();
    for (const file of files) {
      if (excessBytes <= 0) return;
      if (held.has(file.key) || this.#isRecent(file)) continue;
      const isGone = (await this.remove(file)) || !(await exists(file.path));
      if (isGone) excessBytes -= file.byteLength;
    }
  }

  /**
   * Removes everything that nobody uses.
   * @param isIdle Whether this engine runs nothing, so that what it has attached may go as well.
   * @returns How many bytes that freed.
   */
  async clear(isIdle: boolean): Promise<number> {
    const held = await this.leases.heldByOthers();
    let freedBytes = 0;
    for (const file of await listCacheFiles(this.folder)) {
      if (held.has(file.key) || (!isIdle && this.#isRecent(file))) continue;
      if (await this.remove(file)) freedBytes += file.byteLength;
    }
    return freedBytes;
  }

  /**
   * Removes a file, unless an engine begins to use it at this moment or the system protects it.
   *
   * An import is set aside before the leases are asked once more, and engines take theirs before they look for the file: whoever
   * has found it is seen here, and it is put back.
   * @returns Whether it is gone by this call.
   */
  async remove({ path, key, isImport }: CacheFile): Promise<boolean> {
    if (isImport) await this.attached.detach(key);
    const aside = temporaryPath(this.folder, key);
    try {
      await rename(path, aside);
    } catch {
      return false;
    }
    if (isImport && (this.attached.has(key) || (await this.leases.heldByOthers()).has(key))) {
      await rename(aside, path).catch(() => rm(aside, { force: true }));
      return false;
    }
    await rm(aside, { force: true });
    return true;
  }

  #isRecent({ key, isImport, usedMs }: CacheFile): boolean {
    return (!isImport || this.attached.has(key)) && Date.now() - usedMs < IN_USE_MS;
  }
}
