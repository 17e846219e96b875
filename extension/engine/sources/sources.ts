import duckdb from '@duckdb/node-bindings';
import type { DuckDBConnection } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';
import { IMPORT_FROM_BYTES } from '#common/base/limits';
import { REJECTED_ROWS } from '#common/document/pikaDocument';
import type {
  ColumnInfo,
  EngineConfig,
  Progress,
  SourceDescription,
  SourceRequest,
} from '#common/protocol/engineContract';
import type { CallContext } from '#common/protocol/rpc';
import { cacheKeyOf, cacheTable } from '../cache/cacheCatalog.ts';
import { cacheKey } from '../cache/cacheKey.ts';
import { readRejects, type CachedTable } from '../cache/cacheFacts.ts';
import { cacheLostError } from '../cache/damage.ts';
import type { FillTable, ImportCache } from '../cache/importCache.ts';
import { interruptible } from '../database/interruptible.ts';
import { reportBytes } from '../database/progress.ts';
import type { OpenConnections } from '../remote/openConnections.ts';
import { describeRemote } from '../remote/remoteSource.ts';
import type { JobPlace } from '../scheduler.ts';
import type { AllowedRoots } from './allowedRoots.ts';
import { withArrowFiles } from './arrowFile.ts';
import { AttachedDatabases, databasePath } from './attachedDatabases.ts';
import { logFiles } from './databaseFiles.ts';
import { readDatabaseSource, tableNames } from './databaseSource.ts';
import { foreignEncoding, withDecodedFiles } from './decodedFiles.ts';
import { arrowColumns, fillFromArrow } from './fillFromArrow.ts';
import { fillFromReader } from './fillFromReader.ts';
import { importPlace } from './importPlace.ts';
import { unpackedBytes } from './packedFiles.ts';
import { portableRelation } from './portableSource.ts';
import { readInPlace } from './readInPlace.ts';
import { assertSkipping, REJECTED_COLUMNS, skipsRows } from './rejectedRows.ts';
import type { FoundSource, SourceReading } from './sourceContext.ts';
import { findSourceFiles, type SourceFiles } from './sourceFiles.ts';
import { fillFromSqlite, isSqlite, readSqliteTable, sqliteTableNames } from './sqliteSource.ts';
import { sampleText } from './textSample.ts';

/** What opening sources needs. */
export interface SourceServices {
  readonly config: EngineConfig;
  readonly allowed: AllowedRoots;
  readonly cache: ImportCache;
  readonly connections: OpenConnections;
}

/** How many files' readings are remembered between a description and the import that follows it. */
const MAX_READINGS = 8;

/** Opens sources of every format and imports those that are slow to read in place. */
export class Sources {
  readonly #databases = new AttachedDatabases();
  /** How files are read, by the keys of their imports: to find it out takes seconds for thousands of columns. */
  readonly #readings = new Map<string, SourceReading>();

  constructor(private readonly services: SourceServices) {}

  /** How to query a source, and what is known of it without reading it all. @throws PikaError */
  async describe(
    connection: DuckDBConnection,
    request: SourceRequest,
    signal: AbortSignal,
  ): Promise<SourceDescription> {
    const { remote } = request;
    if (remote) {
      const describe = () => describeRemote(connection, this.services.connections, { remote, request });
      return interruptible(connection, describe, signal);
    }
    const find = () => findSourceFiles(connection, request.files, this.services.allowed);
    const found = await interruptible(connection, find, signal);
    switch (request.format) {
      case 'arrow':
        return interruptible(connection, () => this.#describeArrow({ connection, request, found }), signal);
      case 'duckdb':
      case 'sqlite':
        return this.#describeDatabase({ connection, request, found });
      case 'csv':
      case 'tsv':
      case 'json':
      case 'jsonl':
      case 'parquet':
        return interruptible(connection, () => this.#describeFiles({ connection, request, found }), signal);
    }
  }

  /** Where the import of a source stands in line; its files are looked for, so what is not there fails at once. @throws PikaError */
  async importPlace(connection: DuckDBConnection, { files }: SourceRequest, signal: AbortSignal): Promise<JobPlace> {
    const find = () => findSourceFiles(connection, files, this.services.allowed);
    return importPlace(await interruptible(connection, find, signal));
  }

  /**
   * Imports a source into the cache, or finds it there. @throws PikaError
   * @param report Hears how much of an Arrow file has been read; of what DuckDB reads, DuckDB knows it.
   */
  async import(
    connection: DuckDBConnection,
    request: SourceRequest,
    { signal, report }: CallContext<Progress>,
  ): Promise<SourceDescription> {
    const found = await findSourceFiles(connection, request.files, this.services.allowed);
    if (isDatabase(request)) return this.#importDatabase({ connection, request, found }, signal);
    if (request.format === 'arrow') return this.#loadArrow({ connection, request, found }, { signal, report });
    const { scratchDirectory } = this.services.config;
    const encoding = foreignEncoding(request);
    const key = this.#key(request, found);
    const fill: FillTable = async (writing, catalog) => {
      const read = async (readable: SourceRequest, files: SourceFiles) => {
        const known = encoding === null ? this.#readings.get(key) : undefined;
        const reading = known ?? (await readInPlace({ connection: writing, request: readable, found: files }));
        const dropped = await fillFromReader({ connection: writing, catalog, scratchDirectory }, reading, files);
        const dialect = encoding === null ? reading.dialect : { ...reading.dialect, encoding };
        return { notices: [...reading.notices, ...dropped], dialect: dialect ?? null };
      };
      if (encoding === null) return read(request, found);
      return withDecodedFiles({ request, found, encoding, folder: scratchDirectory }, read, signal);
    };
    const built = await this.services.cache.build(connection, key, fill, signal);
    const table = isOfRejects(request) ? await readRejects(connection, key) : built;
    return cachedDescription(table, found, 'imported');
  }

  /** A source in a form that any DuckDB can read, see `portableRelation`. @throws PikaError */
  async portable(connection: DuckDBConnection, request: SourceRequest): Promise<string> {
    const found = await findSourceFiles(connection, request.files, this.services.allowed);
    return portableRelation({ connection, request, found }, this.#databases);
  }

  /** Names of a database file's tables and views. @throws PikaError */
  async listTables(connection: DuckDBConnection, path: string): Promise<readonly string[]> {
    await this.services.allowed.check(path);
    if (await isSqlite(path)) return sqliteTableNames(this.services.config, path);
    await this.#databases.open(connection, path);
    return tableNames(connection, path);
  }

  /** Attaches what relations handed out earlier read from, which a new engine process does not have yet. */
  async attachCatalogs(connection: DuckDBConnection, catalogs: readonly string[]): Promise<void> {
    for (const catalog of catalogs) {
      const key = cacheKeyOf(catalog);
      if (key !== null && !(await this.services.cache.attach(connection, key))) throw cacheLostError();
      const path = databasePath(catalog);
      if (path === null) continue;
      await this.services.allowed.check(path);
      await this.#databases.attach(connection, path);
    }
  }

  async #describeFiles(source: FoundSource): Promise<SourceDescription> {
    const { connection, request, found } = source;
    const { cache, config } = this.services;
    const key = this.#key(request, found);
    const cached = await cache.find(connection, key);
    if (isOfRejects(request)) {
      assertSkipping(request);
      if (!cached) return unreadDescription(REJECTED_COLUMNS, found);
      return cachedDescription(await readRejects(connection, key), found, 'imported');
    }
    if (cached) return cachedDescription(cached, found, 'imported');
    if (foreignEncoding(request) !== null) return unreadDescription([], found);
    const reading = await readInPlace(source);
    this.#remember(key, reading);
    const target = { folder: config.cacheDirectory, key };
    const sample = reading.text ? await sampleText(found, reading.text, target) : null;
    return {
      ...placedDescription(reading, found, 'in-place'),
      isImportAdvised: isImportAdvised(request, found),
      sample,
    };
  }

  async #describeDatabase({ connection, request, found }: FoundSource): Promise<SourceDescription> {
    const path = onlyFile(found);
    if (!(await isSqlite(path))) {
      await this.#databases.open(connection, path);
      return placedDescription(await readDatabaseSource(connection, path, request.table), found, 'in-place');
    }
    const cached = await this.services.cache.find(connection, await this.#sqliteKey(request, found));
    if (cached) return cachedDescription(cached, found, 'imported');
    return unreadDescription((await readSqliteTable(this.services.config, path, request.table)).columns, found);
  }

  async #importDatabase(source: FoundSource, signal: AbortSignal): Promise<SourceDescription> {
    const { connection, request, found } = source;
    const path = onlyFile(found);
    if (!(await isSqlite(path))) return this.#describeDatabase(source);
    const { cache, config } = this.services;
    const fill: FillTable = async (writing, catalog) => {
      const target = { connection: writing, table: cacheTable(catalog, 'data') };
      await fillFromSqlite(target, { config, path, wanted: request.table }, signal);
      return { notices: [], dialect: null };
    };
    const built = await cache.build(connection, await this.#sqliteKey(request, found), fill, signal);
    return cachedDescription(built, found, 'imported');
  }

  async #describeArrow({ connection, request, found }: FoundSource): Promise<SourceDescription> {
    const cached = await this.services.cache.find(connection, this.#key(request, found));
    if (cached) return cachedDescription(cached, found, 'loaded');
    return unreadDescription(await withArrowFiles(found.files, ({ schema }) => arrowColumns(schema)), found);
  }

  async #loadArrow(
    { connection, request, found }: FoundSource,
    { signal, report }: CallContext<Progress>,
  ): Promise<SourceDescription> {
    const onRead = reportBytes(found.byteLength, report);
    const fill: FillTable = (writing, catalog) =>
      withArrowFiles(
        found.files,
        async (table) => {
          await fillFromArrow(writing, { catalog, schema: 'main', table: 'data' }, table, signal);
          return { notices: [], dialect: null };
        },
        onRead,
      );
    const built = await this.services.cache.build(connection, this.#key(request, found), fill, signal);
    return cachedDescription(built, found, 'loaded');
  }

  #remember(key: string, reading: SourceReading): void {
    this.#readings.delete(key);
    this.#readings.set(key, reading);
    const [oldest] = this.#readings.keys();
    if (this.#readings.size > MAX_READINGS && oldest !== undefined) this.#readings.delete(oldest);
  }

  async #sqliteKey(request: SourceRequest, found: SourceFiles): Promise<string> {
    const files = [...found.files, ...(await logFiles(onlyFile(found)))];
    const options = { table: request.table ?? null };
    return this.#key({ ...request, format: 'sqlite', options }, { ...found, files });
  }

  #key(request: SourceRequest, found: SourceFiles): string {
    return cacheKey(request, found, duckdb.library_version());
  }
}

function isDatabase({ format }: SourceRequest): boolean {
  return format === 'duckdb' || format === 'sqlite';
}

function isOfRejects(request: SourceRequest): boolean {
  return !isDatabase(request) && request.table === REJECTED_ROWS;
}

/** What has rows only once all is read: an Arrow file, a text to be decoded, and the rows that another file's options skip. */
function unreadDescription(columns: readonly ColumnInfo[], { byteLength, files }: SourceFiles): SourceDescription {
  const facts = { relation: '', columns, rowCount: null, notices: [], byteLength };
  return { ...facts, fileCount: files.length, access: 'unread', isImportAdvised: true, sample: null, dialect: null };
}

function isImportAdvised(request: SourceRequest, { files }: SourceFiles): boolean {
  if (request.format === 'parquet') return false;
  if (skipsRows(request)) return true;
  return files.reduce((sum, file) => sum + unpackedBytes(file), 0) > IMPORT_FROM_BYTES;
}

function onlyFile({ files }: SourceFiles): string {
  const [file] = files;
  if (!file || files.length > 1) throw new PikaError('bad-request', 'A database source is one file.');
  return file.path;
}

function placedDescription(
  { relation, columns, rowCount, places, notices, dialect }: SourceReading,
  { byteLength, files }: SourceFiles,
  access: SourceDescription['access'],
): SourceDescription {
  const facts = { relation, columns, rowCount, notices, dialect: dialect ?? null, byteLength, fileCount: files.length };
  return { ...facts, ...(places && { places }), access, isImportAdvised: false, sample: null };
}

function cachedDescription(
  table: CachedTable,
  { byteLength, files }: Pick<SourceFiles, 'byteLength' | 'files'>,
  access: SourceDescription['access'],
): SourceDescription {
  return { ...table, byteLength, fileCount: Math.max(1, files.length), access, isImportAdvised: false, sample: null };
}
