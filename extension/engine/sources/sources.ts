import duckdb from '@duckdb/node-bindings';
import type { DuckDBConnection } from '@duckdb/node-api';
import { IMPORT_FROM_BYTES } from '#common/base/limits';
import type { EngineConfig, SourceDescription, SourceRequest } from '#common/protocol/engineContract';
import { cacheKeyOf } from '../cache/cacheCatalog.ts';
import { cacheKey } from '../cache/cacheKey.ts';
import type { CachedTable, FillTable, ImportCache } from '../cache/importCache.ts';
import type { AllowedRoots } from './allowedRoots.ts';
import { fillFromReader } from './fillFromReader.ts';
import { readInPlace } from './readInPlace.ts';
import type { SourceReading } from './sourceContext.ts';
import { findSourceFiles, type SourceFiles } from './sourceFiles.ts';
import { sampleText } from './textSample.ts';

/** What opening sources needs. */
export interface SourceServices {
  readonly config: EngineConfig;
  readonly allowed: AllowedRoots;
  readonly cache: ImportCache;
}

const COMPRESSED = /\.(?:gz|zst)$/i;
/** Text shrinks to about a quarter. */
const COMPRESSION_FACTOR = 4;

/** Opens sources of every format and imports those that are slow to read in place. */
export class Sources {
  constructor(private readonly services: SourceServices) {}

  /** How to query a source, and what is known of it without reading it all. @throws PikaError */
  async describe(connection: DuckDBConnection, request: SourceRequest): Promise<SourceDescription> {
    const { allowed, cache, config } = this.services;
    const found = await findSourceFiles(connection, request.files, allowed);
    const key = this.#key(request, found);
    const cached = await cache.find(connection, key);
    if (cached) return cachedDescription(cached, found, 'imported');
    const reading = await readInPlace({ connection, request, found });
    const target = { folder: config.cacheDirectory, key };
    const sample = reading.text ? await sampleText(found, reading.text, target) : null;
    return { ...inPlaceDescription(reading, found), isImportAdvised: isImportAdvised(request, found), sample };
  }

  /** Imports a source into the cache, or finds it there. @throws PikaError */
  async import(connection: DuckDBConnection, request: SourceRequest, signal: AbortSignal): Promise<SourceDescription> {
    const { allowed, cache } = this.services;
    const found = await findSourceFiles(connection, request.files, allowed);
    const fill: FillTable = async (writing, table) => {
      const reading = await readInPlace({ connection: writing, request, found });
      const dropped = await fillFromReader(writing, table, reading, found.patterns);
      return [...reading.notices, ...dropped];
    };
    const built = await cache.build(connection, this.#key(request, found), fill, signal);
    return cachedDescription(built, found, 'imported');
  }

  /** Attaches what relations handed out earlier read from, which a new engine process does not have yet. */
  async attachCatalogs(connection: DuckDBConnection, catalogs: readonly string[]): Promise<void> {
    for (const catalog of catalogs) {
      const key = cacheKeyOf(catalog);
      if (key !== null) await this.services.cache.attach(connection, key);
    }
  }

  #key(request: SourceRequest, found: SourceFiles): string {
    return cacheKey(request, found, duckdb.library_version());
  }
}

function isImportAdvised({ format }: SourceRequest, { files, byteLength }: SourceFiles): boolean {
  if (format === 'parquet') return false;
  const factor = files.some(({ path }) => COMPRESSED.test(path)) ? COMPRESSION_FACTOR : 1;
  return byteLength * factor > IMPORT_FROM_BYTES;
}

function inPlaceDescription({ relation, columns, rowCount, notices }: SourceReading, found: SourceFiles) {
  const { byteLength, files } = found;
  return { relation, columns, rowCount, notices, byteLength, fileCount: files.length, access: 'in-place' as const };
}

function cachedDescription(
  table: CachedTable,
  { byteLength, files }: SourceFiles,
  access: SourceDescription['access'],
): SourceDescription {
  return { ...table, byteLength, fileCount: files.length, access, isImportAdvised: false, sample: null };
}
