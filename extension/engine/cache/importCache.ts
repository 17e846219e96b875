import { rename, rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { cancelledError } from '#common/base/pikaError';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import type { ConnectionPool } from '../database/connectionPool.ts';
import { queryError } from '../database/duckdbFailure.ts';
import { interruptible } from '../database/interruptible.ts';
import { cacheCatalog } from './cacheCatalog.ts';
import { readCached, writeFacts, type CachedTable, type ImportFacts } from './cacheFacts.ts';
import { exists, importPath, removeLeftovers, temporaryPath, touch } from './cacheFolder.ts';
import { CacheLeases } from './cacheLeases.ts';
import { CacheRoom, type AttachedImports } from './cacheRoom.ts';
import { cacheLostError, importsIn, isDamage } from './damage.ts';

/** Makes the table `data` in an attached, empty database, and says what else is known of it. */
export type FillTable = (connection: DuckDBConnection, catalog: string) => Promise<ImportFacts>;

/** Where the imports are and how much room they may take. */
export interface ImportCacheOptions {
  readonly folder: string;
  /** Kept to after each import, except by what is in use. */
  readonly maxBytes: number;
  readonly pool: ConnectionPool;
}

/** A file's time of use is written at most this often. */
const TOUCH_MS = 60_000;
const MAX_ATTEMPTS = 3;

/**
 * Imported files: each a DuckDB file of its own that is written under a temporary name, renamed when it is whole and from
 * then on only read, so any number of windows may use and make it at once.
 */
export class ImportCache implements AttachedImports {
  /** Imports of one key are made one after the other in this process. */
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #attached = new Map<string, Promise<boolean>>();
  readonly #detaching = new Map<string, Promise<void>>();
  /** What is known of attached imports, which never change. */
  readonly #known = new Map<string, CachedTable>();
  readonly #touchedMs = new Map<string, number>();
  readonly #leases: CacheLeases;
  readonly #room: CacheRoom;

  constructor(private readonly options: ImportCacheOptions) {
    this.#leases = new CacheLeases(options.folder);
    this.#room = new CacheRoom(options.folder, this.#leases, this);
  }

  /** Removes what processes that are gone left half-written, and what is beyond the size that the cache may have. */
  async tidy(): Promise<void> {
    const { folder, maxBytes } = this.options;
    await removeLeftovers(folder);
    await this.#room.shrink(maxBytes);
  }

  /** The import of a key, attached; null when there is none, or a damaged one, which is removed. */
  async find(connection: DuckDBConnection, key: string): Promise<CachedTable | null> {
    if (!(await this.attach(connection, key))) return null;
    const known = this.#known.get(key);
    if (known) return known;
    try {
      const table = await readCached(connection, key);
      if (this.has(key)) this.#known.set(key, table);
      return table;
    } catch (error) {
      if (!isDamage(error)) throw error;
      await this.discard(key);
      return null;
    }
  }

  has(key: string): boolean {
    return this.#attached.has(key);
  }

  /** Attaches an import; false when there is none. */
  attach(connection: DuckDBConnection, key: string): Promise<boolean> {
    const known = this.#attached.get(key);
    if (known) {
      void this.#noteUse(key);
      return known;
    }
    const attaching = this.#attach(connection, key);
    this.#attached.set(key, attaching);
    const forget = () => void this.#attached.delete(key);
    attaching.then((isAttached) => isAttached || forget(), forget);
    return attaching;
  }

  /** The import of a key, made by `fill` unless it exists. A failure or an interrupt leaves nothing behind. */
  async build(connection: DuckDBConnection, key: string, fill: FillTable, signal: AbortSignal): Promise<CachedTable> {
    const before = this.#turns.get(key);
    const turn = turnAfter(before, signal).then(() => this.#build(connection, key, fill, signal));
    const ended = Promise.allSettled([before, turn]);
    this.#turns.set(key, ended);
    void ended.then(() => {
      if (this.#turns.get(key) === ended) this.#turns.delete(key);
    });
    return turn;
  }

  /** Detaches an import; statements that read it go on. */
  async detach(key: string): Promise<void> {
    const isAttached = await this.#attached.get(key)?.catch(() => false);
    if (!isAttached || !this.#attached.delete(key)) return;
    this.#known.delete(key);
    this.#touchedMs.delete(key);
    const detaching = this.#detach(key).finally(() => this.#detaching.delete(key));
    this.#detaching.set(key, detaching);
    await detaching;
  }

  /** Removes an import that is of no use, whoever has it attached. */
  async discard(key: string): Promise<void> {
    await this.detach(key);
    await rm(this.#path(key), { force: true });
  }

  /** The failure of a statement; when it is an import that is damaged, that is removed first. */
  async explain(error: unknown, sql: string): Promise<unknown> {
    const keys = isDamage(error) ? importsIn(sql) : [];
    if (keys.length === 0) return error;
    for (const key of keys) await this.discard(key);
    return cacheLostError(error);
  }

  /** Deletes what nothing uses and returns how many bytes that freed; see `CacheRoom.clear`. */
  clear(isIdle: boolean): Promise<number> {
    return this.#room.clear(isIdle);
  }

  async #build(connection: DuckDBConnection, key: string, fill: FillTable, signal: AbortSignal): Promise<CachedTable> {
    const existing = await this.find(connection, key);
    if (existing) return existing;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      await this.#write(connection, key, fill, signal);
      // Another window that was about to remove the file before this one had its lease may have it set aside just now.
      const built = await this.find(connection, key);
      if (!built) continue;
      await this.#room.shrink(this.options.maxBytes);
      return built;
    }
    throw cacheLostError();
  }

  async #detach(key: string): Promise<void> {
    await this.options.pool.use((connection) => detach(connection, cacheCatalog(key)));
    await this.#leases.drop(key);
  }

  async #attach(connection: DuckDBConnection, key: string): Promise<boolean> {
    await this.#detaching.get(key)?.catch(() => undefined);
    await this.#leases.take(key);
    try {
      const isAttached = await this.#attachFile(connection, key);
      if (isAttached) await this.#noteUse(key);
      else await this.#leases.drop(key);
      return isAttached;
    } catch (error) {
      await this.#leases.drop(key);
      throw error;
    }
  }

  async #attachFile(connection: DuckDBConnection, key: string): Promise<boolean> {
    const path = this.#path(key);
    if (!(await exists(path))) return false;
    try {
      await connection.run(attachSql(path, cacheCatalog(key), '(READ_ONLY)'));
      return true;
    } catch (error) {
      const failure = queryError(error);
      if (failure.code === 'cancelled') throw failure;
      // What cannot be attached is damaged or was written by something else, and is made again.
      await rm(path, { force: true });
      if (await exists(path)) throw failure;
      return false;
    }
  }

  async #noteUse(key: string): Promise<void> {
    const nowMs = Date.now();
    if (nowMs - (this.#touchedMs.get(key) ?? 0) < TOUCH_MS) return;
    this.#touchedMs.set(key, nowMs);
    await touch(this.#path(key));
  }

  async #write(connection: DuckDBConnection, key: string, fill: FillTable, signal: AbortSignal): Promise<void> {
    const path = temporaryPath(this.options.folder, key);
    const catalog = `pika_writing_${key}`;
    await connection.run(attachSql(path, catalog, ''));
    try {
      const facts = await interruptible(connection, () => fill(connection, catalog), signal);
      await writeFacts(connection, catalog, facts);
    } catch (error) {
      await this.#abandon(connection, catalog, path);
      throw error;
    }
    await detach(connection, catalog);
    await this.#leases.take(key);
    await this.#publish(path, this.#path(key));
  }

  async #abandon(connection: DuckDBConnection, catalog: string, path: string): Promise<void> {
    await detach(connection, catalog).catch(() => undefined);
    await rm(path, { force: true });
    await rm(`${path}.wal`, { force: true });
  }

  async #publish(from: string, to: string): Promise<void> {
    try {
      await rename(from, to);
    } catch (error) {
      // Another window was first and has it open, where the system protects open files.
      await rm(from, { force: true });
      if (!(await exists(to))) throw error;
    }
  }

  #path(key: string): string {
    return importPath(this.options.folder, key);
  }
}

/** Waits for the turn before, unless `signal` aborts. */
async function turnAfter(before: Promise<unknown> | undefined, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(cancelledError()), { once: true });
    void Promise.resolve(before).then(() => resolve());
  });
  if (signal.aborted) throw cancelledError();
}

function attachSql(path: string, catalog: string, mode: string): string {
  return `ATTACH ${quoteLiteral(path)} AS ${quoteIdentifier(catalog)} ${mode}`;
}

async function detach(connection: DuckDBConnection, catalog: string): Promise<void> {
  await connection.run(`DETACH ${quoteIdentifier(catalog)}`);
}
