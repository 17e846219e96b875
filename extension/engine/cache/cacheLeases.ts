import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning } from './isRunning.ts';
import { THIS_MACHINE } from './thisMachine.ts';

/** The folder inside the cache that holds the leases. */
export const LEASE_FOLDER = 'leases';

const LEASE_FILE = /^([0-9a-f]{32})\.(\d+)-([0-9a-f-]{36})-([0-9a-f]{8})$/;
/** On a shared disk a lease of another machine counts for this long after it was last taken: its process cannot be asked. */
const FOREIGN_LIFE_MS = 24 * 60 * 60 * 1000;

interface Lease {
  readonly name: string;
  readonly key: string;
  readonly pid: number;
  readonly holder: string;
  readonly host: string;
}

/**
 * Tells the other engines that use a cache folder which imports this one has attached: one empty file for each import and
 * engine, so nothing is ever locked or rewritten, and what an engine that died has left is told by its process being gone.
 */
export class CacheLeases {
  readonly #folder: string;
  readonly #holder = randomUUID();

  constructor(cacheFolder: string) {
    this.#folder = join(cacheFolder, LEASE_FOLDER);
  }

  /** Takes or renews a lease; to be taken before looking whether the import is there. */
  async take(key: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await writeFile(this.#path(key), '');
  }

  async drop(key: string): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  /** Keys of the imports that other living engines have attached; leases of dead ones are removed on the way. */
  async heldByOthers(): Promise<ReadonlySet<string>> {
    const held = new Set<string>();
    for (const lease of await this.#leases()) {
      if (lease.holder === this.#holder) continue;
      if (await this.#isAlive(lease)) held.add(lease.key);
      else await rm(join(this.#folder, lease.name), { force: true });
    }
    return held;
  }

  async #leases(): Promise<readonly Lease[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.flatMap((name) => {
      const [, key = '', pid, holder = '', host = ''] = LEASE_FILE.exec(name) ?? [];
      return pid === undefined ? [] : [{ name, key, pid: Number(pid), holder, host }];
    });
  }

  async #isAlive({ name, pid, host }: Lease): Promise<boolean> {
    if (host === THIS_MACHINE) return isRunning(pid);
    const facts = await stat(join(this.#folder, name)).catch(() => null);
    return facts !== null && Date.now() - facts.mtimeMs < FOREIGN_LIFE_MS;
  }

  #path(key: string): string {
    return join(this.#folder, `${key}.${process.pid}-${this.#holder}-${THIS_MACHINE}`);
  }
}
