import { PikaError, toWireError } from '#common/base/pikaError';
import { withoutSecrets } from '#common/base/redact';
import { Tracer } from '#common/base/trace';
import type { ByteRun } from '#common/protocol/detachedBytes';
import {
  ENGINE_PROTOCOL_VERSION,
  type EngineConfig,
  type EngineContract,
  type EngineHostContract,
  type StreamBatch,
} from '#common/protocol/engineContract';
import { RpcPeer, type CallContext, type Handlers, type MessagePipe } from '#common/protocol/rpc';
import { queryError } from './database/duckdbFailure.ts';
import { Engine } from './engine.ts';
import { dropRows, keepRows } from './run/keptRows.ts';
import { describeQuery, runQuery } from './run/queryRunner.ts';
import { checkSql } from './sql/checkSql.ts';
import { explainQuery } from './sql/explainQuery.ts';
import { readSqlFunctions } from './sql/sqlFunctions.ts';
import { suggestKeywords } from './sql/suggestKeywords.ts';

type EngineCalls = EngineContract['calls'];

/** The contract as it is answered here: batches leave in the pieces they were made in. */
interface EngineAnswers extends Omit<EngineContract, 'calls'> {
  calls: Omit<EngineCalls, 'nextBatch'> & {
    nextBatch: { params: EngineCalls['nextBatch']['params']; result: StreamBatch<ByteRun> };
  };
}

type EngineHandlers = Handlers<EngineAnswers['calls']>;

/** Answers every call of the engine's contract over a pipe; the first has to be `hello`. */
export class EngineService {
  readonly #peer: RpcPeer<EngineAnswers, EngineHostContract>;
  readonly #tracer = new Tracer((span) => this.#peer.send('span', span));
  #engine: Promise<Engine> | undefined;
  #config: EngineConfig | null = null;
  #secrets: readonly string[] = [];

  constructor(pipe: MessagePipe) {
    this.#peer = new RpcPeer<EngineAnswers, EngineHostContract>(
      pipe,
      mapErrors(this.#handlers(), () => this.#secrets),
    );
  }

  /** Where this engine works; null before `hello`. */
  get config(): EngineConfig | null {
    return this.#config;
  }

  #handlers(): EngineHandlers {
    const streams = async () => (await this.#ready()).streams;
    const services = async () => (await this.#ready()).services;
    return {
      hello: ({ version, config }) => this.#hello(version, config),
      stats: async () => (await this.#ready()).stats(),
      inspectSql: async ({ sql }) => (await services()).gate.inspect(sql),
      sqlFunctions: async () => readSqlFunctions((await services()).pool),
      suggestKeywords: async ({ sql }) => suggestKeywords((await services()).pool, sql),
      checkSql: async (request, { signal }) => checkSql(await services(), request, signal),
      explainQuery: async ({ sql }, { signal }) => explainQuery(await services(), sql, signal),
      describeQuery: async ({ sql }, { signal }) => describeQuery(await services(), sql, signal),
      describeSource: async (request, { signal }) => (await this.#ready()).describeSource(request, signal),
      importSource: async (request, context) => (await this.#ready()).importSource(request, context),
      query: async (request, context) => runQuery(await services(), request, context),
      keepRows: async (request, context) => keepRows(await services(), request, context),
      dropRows: async ({ name }, { signal }) => dropRows(await services(), name, signal),
      openStream: async (request, context) => (await streams()).open(request, context),
      nextBatch: async ({ streamId }, { signal }) => (await streams()).next(streamId, signal),
      closeStream: async ({ streamId }) => (await streams()).close(streamId).then(() => null),
      exportQuery: async (request, context) => (await this.#ready()).exporter.exportQuery(request, context),
      exportText: async (request, context) => (await this.#ready()).exporter.exportText(request, context),
      exportBytes: async (request, { signal }) =>
        (await this.#ready()).exporter.exportBytes(request, signal).then(() => null),
      portableSource: async (request, { signal }) => (await this.#ready()).portableSource(request, signal),
      listTables: async ({ file }, { signal }) => (await this.#ready()).listTables(file, signal),
      clearCache: async () => (await this.#ready()).clearCache(),
    };
  }

  async #hello(version: number, config: EngineConfig): Promise<EngineCalls['hello']['result']> {
    if (version !== ENGINE_PROTOCOL_VERSION) {
      const message = `The engine speaks version ${ENGINE_PROTOCOL_VERSION}, not ${version}.`;
      throw new PikaError('protocol-mismatch', message, { hint: 'Reload the window.' });
    }
    this.#config = config;
    this.#secrets = config.connections.flatMap(({ secrets }) => Object.values(secrets));
    this.#engine ??= Engine.open(config, this.#tracer, {
      onPressure: (pressure) => this.#peer.send('pressure', pressure),
      onGiveUp: (failure) => this.#peer.send('givingUp', toWireError(failure)),
    });
    return { version: ENGINE_PROTOCOL_VERSION, stats: (await this.#engine).stats() };
  }

  async #ready(): Promise<Engine> {
    if (!this.#engine) throw new PikaError('bad-request', 'The engine has not been greeted yet.');
    return this.#engine;
  }
}

/** Whatever DuckDB throws below leaves as an error of ours, without the secrets of connections. */
function mapErrors(handlers: EngineHandlers, secrets: () => readonly string[]): EngineHandlers {
  const entries = Object.entries(handlers) as [
    string,
    (params: never, context: CallContext<never>) => Promise<unknown>,
  ][];
  const mapped = entries.map(([name, handler]) => [
    name,
    (params: never, context: CallContext<never>) =>
      handler(params, context).catch((error: unknown) => {
        throw withoutSecrets(queryError(error), secrets());
      }),
  ]);
  return Object.fromEntries(mapped) as EngineHandlers;
}
