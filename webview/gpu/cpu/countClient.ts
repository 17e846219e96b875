import script from 'worker:./countWorker.ts';
import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type { CountPlan } from '../countPlan.ts';
import type { CountAnswer, CountRequest } from './countWorkerMessages.ts';

/** One plot's counts in the worker. */
export interface CountJob extends Disposable {
  /** Counts one more batch; the arrays are handed over and empty afterwards. */
  append(columns: readonly Uint32Array<ArrayBuffer>[]): void;
  /** Counts everything anew by another plan over the same columns. */
  recount(plan: CountPlan): void;
  /** Everything counted so far. @throws PikaError `disposed` when the client ends first. */
  read(): Promise<CountAnswer>;
}

interface Waiting {
  readonly resolve: (answer: CountAnswer) => void;
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
    this.#worker.addEventListener('message', (event: MessageEvent<CountAnswer>) => this.#settle(event.data));
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
      read: () => this.#read(jobId),
      dispose: () => this.#post({ type: 'close', jobId }),
    };
  }

  dispose(): void {
    this.#worker.terminate();
    this.#rejectAll(new PikaError('disposed', 'The counting worker has ended.'));
  }

  #read(jobId: number): Promise<CountAnswer> {
    const requestId = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(requestId, { resolve, reject });
      this.#post({ type: 'read', jobId, requestId });
    });
  }

  #post(request: CountRequest, transfer: Transferable[] = []): void {
    this.#worker.postMessage(request, transfer);
  }

  #settle(answer: CountAnswer): void {
    this.#waiting.get(answer.requestId)?.resolve(answer);
    this.#waiting.delete(answer.requestId);
  }

  #rejectAll(error: PikaError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
