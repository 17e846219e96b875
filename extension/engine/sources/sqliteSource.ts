import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';
import type { ColumnInfo, EngineConfig } from '#common/protocol/engineContract';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import { queryError } from '../database/duckdbFailure.ts';
import { interruptible } from '../database/interruptible.ts';
import { loadExtension } from '../database/loadExtension.ts';
import { chosenTable, displayName, listTables, type DatabaseTable } from './databaseSource.ts';
import { fileKind, readHead } from './fileKind.ts';
import { columnsOf } from './sourceContext.ts';

const SOURCE = 'sqlite_file';
const COPY = 'copied';

/** The table of an SQLite file that a source means. */
export interface SqliteTable {
  readonly table: DatabaseTable;
  readonly columns: readonly ColumnInfo[];
}

/** Whether a file is an SQLite database, whatever its name is. */
export async function isSqlite(path: string): Promise<boolean> {
  const head = await readHead(path).catch(() => null);
  return head !== null && fileKind(head) === 'sqlite';
}

/** Names of an SQLite file's tables and views. @throws PikaError */
export function sqliteTableNames(config: EngineConfig, path: string): Promise<readonly string[]> {
  return withSqlite(config, path, async (connection) => (await listTables(connection, SOURCE)).map(displayName));
}

/** Finds a table of an SQLite file, and its columns. @throws PikaError listing the tables when there is none of the name. */
export function readSqliteTable(config: EngineConfig, path: string, wanted: string | undefined): Promise<SqliteTable> {
  return withSqlite(config, path, async (connection) => {
    const table = chosenTable(await listTables(connection, SOURCE), wanted, path);
    return { table, columns: await columnsOf(connection, relationOf(table)) };
  });
}

/**
 * Copies a table of an SQLite file into a table of the engine's database. The two never meet in one database: the
 * engine's is closed to extensions, so the rows go through a DuckDB file in its scratch folder.
 */
export async function fillFromSqlite(
  target: { readonly connection: DuckDBConnection; readonly table: string },
  source: { readonly config: EngineConfig; readonly path: string; readonly wanted: string | undefined },
  signal: AbortSignal,
): Promise<void> {
  const { config, path, wanted } = source;
  const between = join(config.scratchDirectory, `sqlite-${process.hrtime.bigint()}.duckdb`);
  try {
    await withSqlite(config, path, async (connection) => {
      const table = chosenTable(await listTables(connection, SOURCE), wanted, path);
      const copy = async () => {
        await connection.run(`ATTACH ${quoteLiteral(between)} AS ${COPY}`);
        await connection.run(`CREATE TABLE ${COPY}.data AS SELECT * FROM ${relationOf(table)}`);
        await connection.run(`DETACH ${COPY}`);
      };
      await interruptible(connection, copy, signal);
    });
    const catalog = quoteIdentifier(`pika_between_${process.hrtime.bigint()}`);
    await target.connection.run(`ATTACH ${quoteLiteral(between)} AS ${catalog} (READ_ONLY)`);
    try {
      await target.connection.run(`CREATE TABLE ${target.table} AS SELECT * FROM ${catalog}.data`);
    } finally {
      await target.connection.run(`DETACH ${catalog}`);
    }
  } catch (error) {
    throw sqliteFailure(error, path);
  } finally {
    await rm(between, { force: true });
    await rm(`${between}.wal`, { force: true });
  }
}

/** What reads a table of an SQLite file in a DuckDB that may load the extension. @throws PikaError `bad-request` */
export function portableSqlite(path: string, table: string | undefined): string {
  if (table !== undefined) return `sqlite_scan(${quoteLiteral(path)}, ${quoteLiteral(table)})`;
  throw new PikaError('bad-request', 'The source does not say which table of the database it reads.', { path });
}

/** Opens an SQLite file for reading in a DuckDB of its own, which runs nothing but this file's statements. */
async function withSqlite<T>(
  config: EngineConfig,
  path: string,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  if (!config.mayLoadExtensions) throw extensionsOff(path);
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(config.threads),
    memory_limit: `${Math.floor(config.memoryLimitBytes / 2)}B`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    await connection.run(`SET temp_directory = ${quoteLiteral(join(config.scratchDirectory, 'sqlite-spill'))}`);
    await connection.run(`SET max_temp_directory_size = '${config.maxSpillBytes}B'`);
    await connection.run('SET errors_as_json = true');
    await loadExtension(connection, 'sqlite', 'An SQLite database');
    await connection.run(`ATTACH ${quoteLiteral(path)} AS ${SOURCE} (TYPE sqlite, READ_ONLY)`);
    return await use(connection);
  } catch (error) {
    throw sqliteFailure(error, path);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function relationOf({ schema, name }: DatabaseTable): string {
  return [SOURCE, schema, name].map(quoteIdentifier).join('.');
}

function extensionsOff(path: string): PikaError {
  return new PikaError('source-format', 'This is an SQLite database, for which DuckDB needs an extension.', {
    path,
    hint: 'Turn on the setting pika.extensions.enabled, or write its tables to CSV files or to a .duckdb file.',
  });
}

function sqliteFailure(error: unknown, path: string): PikaError {
  const failure = queryError(error);
  const { code, message, details } = failure;
  return new PikaError(code, message, { path, ...details }, { cause: error });
}
