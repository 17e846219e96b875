import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type { CountRequest, WorkerAnswer } from './countWorkerMessages.ts';

interface Waiting {
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (error: PikaError) => void;
}

/** A counting worker and what was asked of it; every question settles once. */
export class PoolWorker implements Disposable {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();

  constructor(url: string) {
    this.#worker = new Worker(url);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
      this.#waiting.get(data.requestId)?.resolve(data);
      this.#waiting.delete(data.requestId);
    });
    this.#worker.addEventListener('error', (event) => {
      this.#rejectAll(new PikaError('internal', `A counting worker failed: ${event.message}`));
    });
  }

  post(request: CountRequest, transfer: Transferable[] = []): void {
    this.#worker.postMessage(request, transfer);
  }

  ask(request: CountRequest & { readonly requestId: number }): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.requestId, { resolve, reject });
      this.post(request);
    });
  }

  dispose(): void {
    this.#worker.terminate();
    this.#rejectAll(new PikaError('disposed', 'The counting worker has ended.'));
  }

  #rejectAll(error: PikaError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
