import duckdb from '@duckdb/node-bindings';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ENGINE_STATEMENTS } from '#common/base/limits';
import type { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type { Tracer } from '#common/base/trace';
import type {
  EngineConfig,
  EngineStats,
  MemoryPressure,
  Progress,
  SourceDescription,
  SourceRequest,
} from '#common/protocol/engineContract';
import type { CallContext } from '#common/protocol/rpc';
import { removeAbandonedScratch } from './abandonedScratch.ts';
import { ImportCache } from './cache/importCache.ts';
import { ConnectionPool } from './database/connectionPool.ts';
import { openDatabase } from './database/openDatabase.ts';
import { watchProgress } from './database/progress.ts';
import { Exporter } from './export/exporter.ts';
import type { PartPlaces } from './export/partFile.ts';
import { PartJournal, removeAbandonedParts } from './export/partJournal.ts';
import { SqlGate } from './gate/sqlGate.ts';
import { collectGarbage } from './memory/collectGarbage.ts';
import type { PressureTargets } from './memory/easePressure.ts';
import type { PressureMonitor } from './memory/pressureMonitor.ts';
import { watchMemory } from './memory/watchMemory.ts';
import { OpenStreams } from './run/openStreams.ts';
import type { RunServices } from './run/queryRunner.ts';
import { Scheduler, type JobPlace } from './scheduler.ts';
import { AllowedRoots } from './sources/allowedRoots.ts';
import { withFaultLine } from './sources/faultLine.ts';
import { isPackedFile } from './sources/packedFiles.ts';
import { Sources } from './sources/sources.ts';

/** A waiting job counts as one lane more urgent after this long. */
const AGEING_MS = 5000;
/** Places that background work never takes, so that a pointer finds one free. */
const BACKGROUND_STATEMENTS = ENGINE_STATEMENTS - 2;

/** Who hears of an engine's state. */
export interface EngineListener {
  onPressure(pressure: MemoryPressure): void;
  /** This process has to end. */
  onGiveUp(failure: PikaError): void;
}

const INTERACTIVE: JobPlace = { lane: 'interactive' };
const NOTHING: Disposable = { dispose: () => undefined };

const SILENT: EngineListener = { onPressure: () => undefined, onGiveUp: () => undefined };

/** DuckDB and everything that works with it in this process. */
export class Engine {
  readonly streams: OpenStreams;
  readonly exporter: Exporter;

  private constructor(
    readonly services: RunServices,
    private readonly sources: Sources,
    private readonly cache: ImportCache,
    private readonly memory: PressureMonitor,
    places: PartPlaces,
  ) {
    this.streams = new OpenStreams(services);
    this.exporter = new Exporter(services, places);
  }

  /** Opens the scratch database; relative paths in SQL mean the search path from now on. */
  static async open(
    config: EngineConfig,
    tracer: Tracer,
    { onPressure, onGiveUp }: EngineListener = SILENT,
  ): Promise<Engine> {
    const { instance, connections } = await openDatabase(config);
    if (config.searchPath !== null) enterFolder(config.searchPath);
    const pool = new ConnectionPool(instance);
    const scheduler = new Scheduler({
      concurrency: ENGINE_STATEMENTS,
      backgroundConcurrency: BACKGROUND_STATEMENTS,
      interactiveReserve: 1,
      ageingMs: AGEING_MS,
      now: () => performance.now(),
    });
    const roots = [...config.allowedPaths, config.scratchDirectory, config.cacheDirectory];
    const cache = new ImportCache({ folder: config.cacheDirectory, maxBytes: config.cacheMaxBytes, pool });
    await cache.tidy();
    removeAbandonedParts(config.cacheDirectory);
    await removeAbandonedScratch(config.scratchDirectory);
    const allowed = await AllowedRoots.resolve(roots);
    const sources = new Sources({ config, cache, allowed, connections });
    const attach = (catalogs: readonly string[]) =>
      catalogs.length === 0
        ? Promise.resolve()
        : pool.use((connection) => sources.attachCatalogs(connection, catalogs));
    const gate = new SqlGate(
      (sql) => serializeSql(pool, sql),
      attach,
      (name, url) => connections.mayScan(name, url),
    );
    const explain = async (error: unknown, sql: string) => withFaultLine(await cache.explain(error, sql));
    const services = { pool, scheduler, tracer, gate, explain };
    const memory = await watchMemory({
      instance,
      memoryLimitBytes: config.memoryLimitBytes,
      targets: reliefOf(pool, scheduler),
      backgroundConcurrency: BACKGROUND_STATEMENTS,
      onPressure,
      stopRunning: (failure) => scheduler.stopRunning(failure),
      giveUp: onGiveUp,
    });
    const journal = new PartJournal(config.cacheDirectory);
    const places = { scratchDirectory: config.scratchDirectory, journal, allowed };
    return new Engine(services, sources, cache, memory, places);
  }

  describeSource(request: SourceRequest, signal: AbortSignal): Promise<SourceDescription> {
    return this.#lend(
      INTERACTIVE,
      (connection, running) => this.sources.describe(connection, request, running),
      signal,
    );
  }

  async importSource(request: SourceRequest, { signal, report }: CallContext<Progress>): Promise<SourceDescription> {
    const work = async (connection: DuckDBConnection, running: AbortSignal) => {
      // DuckDB measures how much it has read against the packed size, so of packed files it says nothing true.
      const progress = isPacked(request) ? NOTHING : watchProgress(connection, report);
      try {
        const imported = await this.sources.import(connection, request, { signal: running, report });
        report({ fraction: 1 });
        return imported;
      } finally {
        progress.dispose();
      }
    };
    const place = await this.services.pool.use((connection) => this.sources.importPlace(connection, request, signal));
    return this.#lend(place, work, signal);
  }

  async portableSource(request: SourceRequest, signal: AbortSignal): Promise<{ relation: string }> {
    const work = (connection: DuckDBConnection) => this.sources.portable(connection, request);
    return { relation: await this.#lend(INTERACTIVE, work, signal) };
  }

  listTables(file: string, signal: AbortSignal): Promise<readonly string[]> {
    return this.#lend(INTERACTIVE, (connection) => this.sources.listTables(connection, file), signal);
  }

  async clearCache(): Promise<{ freedBytes: number }> {
    const { scheduler } = this.services;
    const isIdle = scheduler.runningCount + scheduler.queuedCount + this.streams.count === 0;
    return { freedBytes: await this.cache.clear(isIdle) };
  }

  stats(): EngineStats {
    return {
      pid: process.pid,
      duckdbVersion: duckdb.library_version(),
      residentBytes: process.memoryUsage.rss(),
      runningCount: this.services.scheduler.runningCount,
      queuedCount: this.services.scheduler.queuedCount,
      openStreamCount: this.streams.count,
      pressure: this.memory.level,
    };
  }

  #lend<T>(
    place: JobPlace,
    work: (connection: DuckDBConnection, signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { pool, scheduler } = this.services;
    const run = (running: AbortSignal) => pool.use((connection) => work(connection, running));
    return scheduler.run(run, place, signal).catch(async (error: unknown) => {
      throw await withFaultLine(error);
    });
  }
}

function reliefOf(pool: ConnectionPool, scheduler: Scheduler): PressureTargets {
  return {
    dropCaches: () => {
      pool.closeIdle();
      collectGarbage();
    },
    limitBackground: (concurrency, refusal) => scheduler.limitBackground(concurrency, refusal),
  };
}

function isPacked({ files, options }: SourceRequest): boolean {
  return files.some(isPackedFile) || options['compression'] !== undefined;
}

function enterFolder(path: string): void {
  try {
    process.chdir(path);
  } catch {
    // A folder that is gone leaves relative paths without meaning, which queries then report.
  }
}

async function serializeSql(pool: ConnectionPool, sql: string): Promise<string> {
  const statement = 'SELECT json_serialize_sql($1::VARCHAR)';
  const reader = await pool.use((connection) => connection.runAndReadAll(statement, [sql]));
  return reader.getRows()[0]?.[0] as string;
}
