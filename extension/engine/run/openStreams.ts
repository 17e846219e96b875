import { randomUUID } from 'node:crypto';
import { cancelledError } from '#common/base/pikaError';
import type { ByteRun } from '#common/protocol/detachedBytes';
import type { Progress, QueryRequest, StreamBatch, StreamInfo } from '#common/protocol/engineContract';
import type { CallContext } from '#common/protocol/rpc';
import { interruptible, isAborted } from '../database/interruptible.ts';
import { watchProgress } from '../database/progress.ts';
import { BoundSelect } from './boundSelect.ts';
import { CheckedStream } from './checkedStream.ts';
import { PulledStream, type ScheduleRead } from './pulledStream.ts';
import { explained, placeOf, type RunServices } from './queryRunner.ts';

/** Ended streams that still answer "the end" to requests made ahead. */
const MAX_ENDED = 64;

/** The results that are being pulled; each keeps a connection until its end, its failure or `close`. */
export class OpenStreams {
  readonly #streams = new Map<string, PulledStream>();
  readonly #endedIds: string[] = [];

  constructor(private readonly services: RunServices) {}

  get count(): number {
    return this.#streams.size - this.#endedIds.length;
  }

  /** Starts a gated SELECT; resolves when its first rows are ready. */
  async open(
    request: QueryRequest & { readonly streamId?: string },
    { signal, report }: CallContext<Progress>,
  ): Promise<StreamInfo> {
    const { gate, scheduler, tracer } = this.services;
    const sql = await gate.pass(request.sql);
    const end = tracer.start('stream', request.subject);
    const streamId = request.streamId ?? randomUUID();
    const work = (running: AbortSignal) => this.#start(streamId, { ...request, sql }, running, report);
    const columns = await explained(this.services, sql, scheduler.run(work, placeOf(request), signal));
    end({ columns: columns.length });
    if (!isAborted(signal)) return { streamId, columns };
    await this.close(streamId);
    throw cancelledError();
  }

  /** The next batch; several may be asked for at once and are answered in order. Aborting closes the stream. */
  async next(streamId: string, signal: AbortSignal): Promise<StreamBatch<ByteRun>> {
    const stream = this.#streams.get(streamId);
    if (!stream) throw cancelledError('This result is closed.');
    const onAbort = () => void this.close(streamId);
    signal.addEventListener('abort', onAbort);
    try {
      const batch = await stream.next();
      if (batch.ipc === null) this.#noteEnd(streamId);
      return batch;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Ends a stream, interrupting what runs for it; closing one that is gone is harmless. */
  async close(streamId: string): Promise<void> {
    const stream = this.#streams.get(streamId);
    this.#forget(streamId);
    await stream?.close();
  }

  #noteEnd(streamId: string): void {
    if (!this.#streams.has(streamId) || this.#endedIds.includes(streamId)) return;
    this.#endedIds.push(streamId);
    const [oldest] = this.#endedIds;
    if (this.#endedIds.length > MAX_ENDED && oldest !== undefined) this.#forget(oldest);
  }

  #forget(streamId: string): void {
    this.#streams.delete(streamId);
    const index = this.#endedIds.indexOf(streamId);
    if (index >= 0) this.#endedIds.splice(index, 1);
  }

  async #start(
    streamId: string,
    { sql, params = [], lane }: QueryRequest,
    signal: AbortSignal,
    report: (progress: Progress) => void,
  ): Promise<StreamInfo['columns']> {
    const { pool, scheduler } = this.services;
    const connection = await pool.acquire();
    const giveBack = () => pool.release(connection);
    const progress = watchProgress(connection, report);
    try {
      const select = await interruptible(connection, () => BoundSelect.bind(connection, { sql, params }), signal);
      const stream = await CheckedStream.open(connection, select, signal);
      const schedule: ScheduleRead = (read, pulling) =>
        explained(this.services, sql, scheduler.run(read, { lane, isContinuation: true }, pulling));
      const pulled = new PulledStream(stream, schedule, giveBack);
      this.#streams.set(streamId, pulled);
      return select.shape.columns;
    } catch (error) {
      giveBack();
      throw error;
    } finally {
      progress.dispose();
    }
  }
}
