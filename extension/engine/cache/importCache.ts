import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { cancelledError } from '#common/base/pikaError';
import type { ColumnInfo, SourceNotice } from '#common/protocol/engineContract';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import { queryError } from '../database/duckdbFailure.ts';
import { interruptible } from '../database/interruptible.ts';
import { columnsOf, readRows } from '../sources/sourceContext.ts';
import { cacheCatalog, cacheRelation, cacheTable } from './cacheCatalog.ts';
import { removeCacheFiles, removeLeftovers } from './cacheFolder.ts';

/** A finished import, attached. */
export interface CachedTable {
  readonly relation: string;
  readonly columns: readonly ColumnInfo[];
  readonly rowCount: number;
  readonly notices: readonly SourceNotice[];
}

/** Makes the table `data` in an attached, empty database. */
export type FillTable = (connection: DuckDBConnection, catalog: string) => Promise<readonly SourceNotice[]>;

/**
 * Imported files: each a DuckDB file of its own that is written under a temporary name, renamed when it is whole and from
 * then on only read, so any number of windows may use and make it at once.
 */
export class ImportCache {
  /** Imports of one key are made one after the other in this process. */
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #attached = new Map<string, Promise<boolean>>();

  constructor(private readonly folder: string) {}

  /** Removes what processes that are gone left half-written. */
  async tidy(): Promise<void> {
    await removeLeftovers(this.folder);
  }

  /** The import of a key, attached; null when there is none. */
  async find(connection: DuckDBConnection, key: string): Promise<CachedTable | null> {
    if (!(await this.attach(connection, key))) return null;
    const relation = cacheRelation(key);
    const columns = await columnsOf(connection, relation);
    const facts = cacheTable(cacheCatalog(key), 'facts');
    const [[rowCount, notices] = []] = await readRows(connection, `SELECT row_count, notices FROM ${facts}`);
    const parsed = JSON.parse(String(notices)) as readonly SourceNotice[];
    return { relation, columns, rowCount: Number(rowCount), notices: parsed };
  }

  /** Attaches an import; false when there is none. */
  attach(connection: DuckDBConnection, key: string): Promise<boolean> {
    const known = this.#attached.get(key);
    if (known) return known;
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

  /** Deletes every cached file that the system lets go of, and returns how many bytes that freed. */
  clear(): Promise<number> {
    return removeCacheFiles(this.folder);
  }

  async #build(connection: DuckDBConnection, key: string, fill: FillTable, signal: AbortSignal): Promise<CachedTable> {
    const existing = await this.find(connection, key);
    if (existing) return existing;
    await this.#write(connection, key, fill, signal);
    const built = await this.find(connection, key);
    if (!built) throw new Error(`the import ${key} vanished`);
    return built;
  }

  async #attach(connection: DuckDBConnection, key: string): Promise<boolean> {
    const path = this.#path(key);
    if (!(await exists(path))) return false;
    try {
      await connection.run(attachSql(path, cacheCatalog(key), '(READ_ONLY)'));
      return true;
    } catch (error) {
      // What cannot be attached was written by something else, and is made again.
      await rm(path, { force: true });
      if (await exists(path)) throw queryError(error);
      return false;
    }
  }

  async #write(connection: DuckDBConnection, key: string, fill: FillTable, signal: AbortSignal): Promise<void> {
    const path = join(this.folder, `${key}.tmp-${process.pid}-${randomUUID()}`);
    const catalog = `pika_writing_${key}`;
    await connection.run(attachSql(path, catalog, ''));
    try {
      const notices = await interruptible(connection, () => fill(connection, catalog), signal);
      await writeFacts(connection, catalog, notices);
    } catch (error) {
      await this.#abandon(connection, catalog, path);
      throw error;
    }
    await connection.run(`DETACH ${quoteIdentifier(catalog)}`);
    await this.#publish(path, this.#path(key));
  }

  async #abandon(connection: DuckDBConnection, catalog: string, path: string): Promise<void> {
    await connection.run(`DETACH ${quoteIdentifier(catalog)}`).catch(() => undefined);
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
    return join(this.folder, `${key}.duckdb`);
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

async function writeFacts(
  connection: DuckDBConnection,
  catalog: string,
  notices: readonly SourceNotice[],
): Promise<void> {
  const values = `(SELECT count(*) FROM ${cacheTable(catalog, 'data')}) AS row_count, ${quoteLiteral(JSON.stringify(notices))} AS notices`;
  await connection.run(`CREATE TABLE ${cacheTable(catalog, 'facts')} AS SELECT ${values}`);
  await connection.run(`CHECKPOINT ${quoteIdentifier(catalog)}`);
}

function attachSql(path: string, catalog: string, mode: string): string {
  return `ATTACH ${quoteLiteral(path)} AS ${quoteIdentifier(catalog)} ${mode}`;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
