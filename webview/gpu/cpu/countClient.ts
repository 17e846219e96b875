import script from 'worker:./countWorker.ts';
import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type { CountPlan } from '../countPlan.ts';
import type { RowTest } from '../rowTest.ts';
import type { CountAnswer, CountRequest, SelectAnswer } from './countWorkerMessages.ts';

/** One plot's counts in the worker. */
export interface CountJob extends Disposable {
  /** Counts one more batch; the arrays are handed over and empty afterwards. */
  append(columns: readonly Uint32Array<ArrayBuffer>[]): void;
  /** Counts everything anew by another plan over the same columns. */
  recount(plan: CountPlan): void;
  /** Everything counted so far. @throws PikaError `disposed` when the client ends first. */
  read(): Promise<CountAnswer>;
  /** How many of the rows that have come are selected. @throws PikaError `disposed` when the client ends first. */
  countSelected(test: RowTest): Promise<number>;
}

type Answer = CountAnswer | SelectAnswer;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: PikaError) => void;
}

/** Counts rows in a worker of its own, so that the page stays responsive. */
export class CountClient implements Disposable {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  constructor() {
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    this.#worker = new Worker(url);
    URL.revokeObjectURL(url);
    this.#worker.addEventListener('message', (event: MessageEvent<Answer>) => this.#settle(event.data));
    this.#worker.addEventListener('error', (event) => {
      this.#rejectAll(new PikaError('internal', `The counting worker failed: ${event.message}`));
    });
  }

  open(plan: CountPlan): CountJob {
    const jobId = this.#nextId++;
    this.#post({ type: 'open', jobId, plan });
    return {
      append: (columns) =>
        this.#post(
          { type: 'append', jobId, columns },
          columns.map((column) => column.buffer),
        ),
      recount: (next) => this.#post({ type: 'recount', jobId, plan: next }),
      read: () => this.#ask<CountAnswer>((requestId) => ({ type: 'read', jobId, requestId })),
      countSelected: async (test) => {
        const ask = (requestId: number): CountRequest => ({ type: 'select', jobId, requestId, test });
        return (await this.#ask<SelectAnswer>(ask)).selectedRows;
      },
      dispose: () => this.#post({ type: 'close', jobId }),
    };
  }

  dispose(): void {
    this.#worker.terminate();
    this.#rejectAll(new PikaError('disposed', 'The counting worker has ended.'));
  }

  #ask<A extends Answer>(request: (requestId: number) => CountRequest): Promise<A> {
    const requestId = this.#nextId++;
    return new Promise((resolve, reject) => {
      // The worker answers each request with its own kind of answer.
      this.#waiting.set(requestId, { resolve: (answer) => resolve(answer as A), reject });
      this.#post(request(requestId));
    });
  }

  #post(request: CountRequest, transfer: Transferable[] = []): void {
    this.#worker.postMessage(request, transfer);
  }

  #settle(answer: Answer): void {
    this.#waiting.get(answer.requestId)?.resolve(answer);
    this.#waiting.delete(answer.requestId);
  }

  #rejectAll(error: PikaError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
