import type { DuckDBConnection } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import { readDuckdbFailure } from '../database/duckdbFailure.ts';
import { databaseFacts } from './databaseFiles.ts';
import { assertReadingOnly } from './storedSql.ts';

const PREFIX = 'duckdb:';

/** The catalog name under which a database file is attached: its path can be read from it again. */
export function databaseCatalog(path: string): string {
  return PREFIX + path;
}

/** The file that a catalog name stands for; null when it names something else. */
export function databasePath(catalog: string): string | null {
  return catalog.startsWith(PREFIX) ? catalog.slice(PREFIX.length) : null;
}

/** Database files attached for reading, each as it was when it was last opened. */
export class AttachedDatabases {
  /** What the attached files were, by path. */
  readonly #opened = new Map<string, string>();
  readonly #opening = new Map<string, Promise<void>>();

  /** Attaches a file unless it is. @throws PikaError */
  async attach(connection: DuckDBConnection, path: string): Promise<void> {
    const catalog = quoteIdentifier(databaseCatalog(path));
    try {
      await connection.run(`ATTACH IF NOT EXISTS ${quoteLiteral(path)} AS ${catalog} (READ_ONLY)`);
    } catch (error) {
      throw attachError(error, path);
    }
    try {
      await assertReadingOnly(connection, databaseCatalog(path), path);
    } catch (error) {
      await connection.run(`DETACH DATABASE IF EXISTS ${catalog}`).catch(() => undefined);
      throw error;
    }
  }

  /** Attaches a file as it is now, in place of what was attached of it before; statements that read that go on. @throws PikaError */
  async open(connection: DuckDBConnection, path: string): Promise<void> {
    const opening = this.#opening.get(path) ?? this.#open(connection, path).finally(() => this.#opening.delete(path));
    this.#opening.set(path, opening);
    await opening;
  }

  async #open(connection: DuckDBConnection, path: string): Promise<void> {
    const facts = await databaseFacts(path);
    if (this.#opened.get(path) !== facts) {
      this.#opened.delete(path);
      await connection.run(`DETACH DATABASE IF EXISTS ${quoteIdentifier(databaseCatalog(path))}`);
    }
    await this.attach(connection, path);
    this.#opened.set(path, facts);
  }
}

function attachError(error: unknown, path: string): PikaError {
  const { type, message } = readDuckdbFailure(error);
  if (/Conflicting lock|could not set lock/i.test(message)) {
    const hint = 'Close it in the other program and try again.';
    return new PikaError('source-unreadable', 'Another program has this database open for writing.', { path, hint });
  }
  if (type === 'Permission') {
    return new PikaError('source-outside', 'This file lies outside the folders that Pika may read.', { path });
  }
  return new PikaError('source-format', 'This is not a DuckDB database that can be read.', { path, hint: message });
}
