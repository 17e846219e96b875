import type { DuckDBConnection } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';

/**
 * Loads an extension of DuckDB's into a database that is not closed yet, downloading it where it is not installed.
 *
 * @param reader What needs it, as the beginning of a sentence.
 * @throws PikaError `connection-failed` when it cannot be had.
 */
export async function loadExtension(database: DuckDBConnection, extension: string, reader: string): Promise<void> {
  try {
    await database.run(`LOAD ${extension}`);
  } catch {
    try {
      await database.run(`INSTALL ${extension}`);
      await database.run(`LOAD ${extension}`);
    } catch (error) {
      throw extensionFailure(extension, reader, error);
    }
  }
}

function extensionFailure(extension: string, reader: string, cause: unknown): PikaError {
  const message = `${reader} needs DuckDB's extension ${extension}, which is not installed and could not be downloaded.`;
  const hint = `Check the network, or run INSTALL ${extension} in DuckDB's own shell, then restart the engine.`;
  return new PikaError('connection-failed', message, { hint }, { cause });
}
