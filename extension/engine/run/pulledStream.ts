import type { RecordBatch } from 'apache-arrow';
import { cancelledError } from '#common/base/pikaError';
import { ByteRun } from '#common/protocol/detachedBytes';
import type { StreamBatch } from '#common/protocol/engineContract';
import { ipcPieces } from '../arrow/ipcBytes.ts';
import type { CheckedStream } from './checkedStream.ts';

/** Runs a read when its turn comes. */
export type ScheduleRead = (
  read: (signal: AbortSignal) => Promise<RecordBatch | null>,
  signal: AbortSignal,
) => Promise<RecordBatch | null>;

/** Answers requests for batches in order, and lets go of the statement at its end, its failure or `close`. */
export class PulledStream {
  readonly #controller = new AbortController();
  #tail: Promise<unknown> = Promise.resolve();
  #released: Promise<void> | undefined;
  #rowCount = 0;
  #isAtEnd = false;

  constructor(
    private readonly stream: CheckedStream,
    private readonly schedule: ScheduleRead,
    private readonly giveBack: () => void,
  ) {}

  /** The next batch; after the end, the end again. */
  next(): Promise<StreamBatch<ByteRun>> {
    const answer = this.#tail.then(() => this.#pull());
    this.#tail = answer.catch(() => this.#release());
    return answer;
  }

  /** Interrupts what runs, and resolves when the connection is free again. */
  async close(): Promise<void> {
    this.#controller.abort();
    await this.#tail;
    await this.#release();
  }

  async #pull(): Promise<StreamBatch<ByteRun>> {
    const { signal } = this.#controller;
    if (this.#isAtEnd) return { ipc: null, rowCount: this.#rowCount };
    if (this.#released || signal.aborted) throw cancelledError('This result is closed.');
    const batch = await this.schedule((running) => this.stream.next(running), signal);
    if (!batch) {
      this.#isAtEnd = true;
      await this.#release();
      return { ipc: null, rowCount: this.#rowCount };
    }
    this.#rowCount += batch.numRows;
    const ipc = new ByteRun(ipcPieces(batch), () => this.stream.recycle(batch));
    return { ipc, rowCount: batch.numRows };
  }

  #release(): Promise<void> {
    this.#released ??= this.stream.close().then(this.giveBack);
    return this.#released;
  }
}
