import { randomUUID } from 'node:crypto';
import type { Event } from '#common/base/emitter';
import { cancelledError, PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type {
  ColumnInfo,
  EngineContract,
  EngineStats,
  MemoryPressure,
  Progress,
  QueryRequest,
  QueryResult,
  SourceDescription,
  SourceRequest,
  SqlInspection,
  StreamBatch,
  StreamInfo,
} from '#common/protocol/engineContract';
import type {
  ExportBytesRequest,
  ExportProgress,
  ExportRequest,
  ExportResult,
  ExportTextRequest,
} from '#common/protocol/exportContract';
import type { QueryPlan } from '#common/sql/queryPlan';
import type { SqlFunction } from '#common/sql/sqlCatalogue';
import type { SqlProblem } from '#common/sql/sqlProblem';
import type { CallOptions } from '#common/protocol/rpc';
import type { EngineProcess } from './engineProcess.ts';
import { EngineSupervisor, type EngineClientOptions, type EngineState } from './engineSupervisor.ts';

type EngineCalls = EngineContract['calls'];
type Lease = Awaited<ReturnType<EngineSupervisor['use']>>;

/** Calls that leave nothing behind, so that they can be asked of another engine when the first was replaced. */
const REPEATABLE: ReadonlySet<keyof EngineCalls> = new Set([
  'inspectSql',
  'describeQuery',
  'describeSource',
  'importSource',
  'query',
  'listTables',
  'stats',
]);

/** Batches asked for ahead of the consumer. */
const CREDITS = 2;

/**
 * The extension's way to the engine process, which is started with the first call and again after a crash.
 * Every call settles once: with its result, its failure, `cancelled`, `engine-crashed`, `engine-unavailable` or `disposed`.
 */
export class EngineClient implements Disposable {
  readonly #supervisor: EngineSupervisor;
  readonly #streams = new Map<string, Lease>();

  constructor(options: EngineClientOptions) {
    this.#supervisor = new EngineSupervisor(options);
  }

  readonly onDidChangeState: Event<EngineState> = (listener) => this.#supervisor.onDidChangeState(listener);

  /** How short memory is; null while it is not. */
  get pressure(): MemoryPressure | null {
    return this.#supervisor.pressure;
  }

  readonly onDidChangePressure: Event<MemoryPressure | null> = (listener) =>
    this.#supervisor.onDidChangePressure(listener);

  get state(): EngineState {
    return this.#supervisor.state;
  }

  /** Grows whenever an engine is lost; what was opened or loaded in an earlier epoch may be gone. */
  get epoch(): number {
    return this.#supervisor.epoch;
  }

  /** Grows whenever rows kept before are gone: with an engine that was lost, or that another one took the place of. */
  get scratchEpoch(): number {
    return this.#supervisor.scratchEpoch;
  }

  inspectSql(sql: string, signal?: AbortSignal): Promise<SqlInspection> {
    return this.#call('inspectSql', { sql }, withSignal(signal));
  }

  sqlFunctions(): Promise<readonly SqlFunction[]> {
    return this.#call('sqlFunctions', null);
  }

  suggestKeywords(sql: string): Promise<readonly string[]> {
    return this.#call('suggestKeywords', { sql });
  }

  checkSql(request: EngineCalls['checkSql']['params'], signal?: AbortSignal): Promise<readonly SqlProblem[]> {
    return this.#call('checkSql', request, withSignal(signal));
  }

  explainQuery(sql: string, signal?: AbortSignal): Promise<QueryPlan> {
    return this.#call('explainQuery', { sql }, withSignal(signal));
  }

  describeQuery(sql: string, signal?: AbortSignal): Promise<readonly ColumnInfo[]> {
    return this.#call('describeQuery', { sql }, withSignal(signal));
  }

  describeSource(request: SourceRequest, signal?: AbortSignal): Promise<SourceDescription> {
    return this.#call('describeSource', request, withSignal(signal));
  }

  importSource(request: SourceRequest, options: CallOptions<Progress> = {}): Promise<SourceDescription> {
    return this.#call('importSource', request, options);
  }

  query(request: EngineCalls['query']['params'], options: CallOptions<Progress> = {}): Promise<QueryResult> {
    return this.#call('query', request, options);
  }

  /** Keeps the rows of a SELECT in the engine under a name, until `dropRows` or the engine's end. */
  keepRows(request: EngineCalls['keepRows']['params'], options: CallOptions<Progress> = {}): Promise<null> {
    return this.#call('keepRows', request, options);
  }

  dropRows(name: string): Promise<null> {
    return this.#call('dropRows', { name });
  }

  exportQuery(request: ExportRequest, options: CallOptions<ExportProgress> = {}): Promise<ExportResult> {
    return this.#call('exportQuery', request, options);
  }

  exportText(
    request: ExportTextRequest,
    options: CallOptions<ExportProgress> = {},
  ): Promise<ExportResult & { text: string }> {
    return this.#call('exportText', request, options);
  }

  /** Writes a file whole or not at all. */
  async exportBytes(request: ExportBytesRequest, signal?: AbortSignal): Promise<void> {
    await this.#call('exportBytes', request, withSignal(signal));
  }

  async portableSource(request: SourceRequest, signal?: AbortSignal): Promise<string> {
    return (await this.#call('portableSource', request, withSignal(signal))).relation;
  }

  listTables(file: string, signal?: AbortSignal): Promise<readonly string[]> {
    return this.#call('listTables', { file }, withSignal(signal));
  }

  stats(): Promise<EngineStats> {
    return this.#call('stats', null);
  }

  /** Removes every import that nothing uses at the moment; those of open documents are made again when they are needed. */
  async clearCache(): Promise<{ freedBytes: number }> {
    const cleared = await this.#call('clearCache', null);
    this.#supervisor.noteLoss();
    return cleared;
  }

  /** Starts a result that is pulled with `nextBatch` and has to be ended with `closeStream`. */
  async openStream(request: QueryRequest, options: CallOptions<Progress> = {}): Promise<StreamInfo> {
    const streamId = randomUUID();
    const lease = await this.#supervisor.use();
    this.#streams.set(streamId, lease);
    try {
      return await lease.process.peer.call('openStream', { ...request, streamId }, options);
    } catch (error) {
      this.#noteFailure(error);
      // Its answer may be on the way although nobody waits for it any more.
      void this.closeStream(streamId).catch(() => undefined);
      throw error;
    }
  }

  /** The next batch; several may be asked for at once and are answered in order. */
  async nextBatch(streamId: string, signal?: AbortSignal): Promise<StreamBatch> {
    const lease = this.#streams.get(streamId);
    if (!lease) throw cancelledError('This result is closed.');
    try {
      const batch = await lease.process.peer.call('nextBatch', { streamId }, withSignal(signal));
      if (batch.ipc === null) this.#forget(streamId);
      return batch;
    } catch (error) {
      this.#noteFailure(error);
      void this.closeStream(streamId).catch(() => undefined);
      throw error;
    }
  }

  /** Ends a stream, whatever its state; ending one that is gone is harmless. */
  async closeStream(streamId: string): Promise<void> {
    const lease = this.#streams.get(streamId);
    if (!lease) return;
    try {
      await lease.process.peer.call('closeStream', { streamId });
    } catch (error) {
      if (!PikaError.is(error, 'engine-crashed') && !PikaError.is(error, 'disposed')) throw error;
    } finally {
      this.#forget(streamId);
    }
  }

  /** A result as batches, each a complete Arrow IPC stream; leaving the loop ends it. */
  async *stream(request: QueryRequest, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
    const { streamId } = await this.openStream(request, { signal });
    const asked: Promise<StreamBatch>[] = [];
    try {
      for (;;) {
        while (asked.length < CREDITS) asked.push(quiet(this.nextBatch(streamId, signal)));
        const batch = await asked.shift();
        if (!batch?.ipc) return;
        yield batch.ipc;
      }
    } finally {
      await this.closeStream(streamId);
    }
  }

  /** Lets the engine read further files or folders, which `config` has to name by now. */
  allow(paths: readonly string[]): void {
    this.#supervisor.allow(paths);
  }

  /** Lets later calls run with the configuration as it is by now. */
  renew(): void {
    this.#supervisor.renew();
  }

  /** Ends the engine, also one that was given up; the next call starts it anew. */
  async restart(): Promise<void> {
    this.#supervisor.restart();
  }

  dispose(): void {
    this.#supervisor.dispose();
  }

  #noteFailure(error: unknown): void {
    if (PikaError.is(error, 'cache-lost')) this.#supervisor.noteLoss();
  }

  #forget(streamId: string): void {
    this.#streams.get(streamId)?.release();
    this.#streams.delete(streamId);
  }

  async #call<M extends keyof EngineCalls>(
    method: M,
    params: EngineCalls[M]['params'],
    options: CallOptions<EngineCalls[M] extends { progress: infer P } ? P : unknown> = {},
  ): Promise<EngineCalls[M]['result']> {
    const { process, release } = await this.#supervisor.use();
    try {
      return await callProcess(process, method, params, options);
    } catch (error) {
      this.#noteFailure(error);
      if (!process.isReplaced || !REPEATABLE.has(method)) throw error;
      return await this.#repeat(error, method, params, options);
    } finally {
      release();
    }
  }

  /** Asks the successor of an engine that was replaced; a failure there may come of what went with it, so the first one counts. */
  async #repeat<M extends keyof EngineCalls>(
    first: unknown,
    method: M,
    params: EngineCalls[M]['params'],
    options: CallOptions<never>,
  ): Promise<EngineCalls[M]['result']> {
    const { process, release } = await this.#supervisor.use();
    try {
      return await callProcess(process, method, params, options);
    } catch (error) {
      throw PikaError.is(error, 'cancelled') ? error : first;
    } finally {
      release();
    }
  }
}

function callProcess<M extends keyof EngineCalls>(
  process: EngineProcess,
  method: M,
  params: EngineCalls[M]['params'],
  options: CallOptions<never>,
): Promise<EngineCalls[M]['result']> {
  return process.peer.call(method, params, options as object);
}

function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}

/** A promise whose failure is only reported to those who wait for it. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
