import script from 'worker:./countWorker.ts';
import { PikaError } from '#common/base/pikaError';
import { Scope, type Disposable } from '#common/base/scope';
import { addCounts, type CountPlan } from '../countPlan.ts';
import type { RowTest } from '../rowTest.ts';
import type { CountAnswer, CountRequest, RowsAnswer, SelectAnswer, WorkerAnswer } from './countWorkerMessages.ts';
import { PoolWorker } from './poolWorker.ts';
import type { CodePair, CodeWindow } from './sortedRows.ts';

/** One plot's counts in the workers. */
export interface CountJob extends Disposable {
  /** Counts one more batch; the arrays are handed over and empty afterwards. */
  append(columns: readonly Uint32Array<ArrayBuffer>[]): void;
  /** Counts everything anew by another plan over the same columns. */
  recount(plan: CountPlan): void;
  /** Everything counted so far, and the time of the worker that took longest. @throws PikaError `disposed` when the client ends first. */
  read(): Promise<Pick<CountAnswer, 'counts' | 'countingMs'>>;
  /** How many of the rows that have come are selected. @throws PikaError `disposed` when the client ends first. */
  countSelected(test: RowTest): Promise<number>;
  /** The rows of two columns inside a window, in any order. @throws PikaError `disposed` when the client ends first. */
  rowsWithin(window: CodeWindow): Promise<readonly CodePair[]>;
}

/** More would not count faster: reading the columns takes all of the memory's speed. */
const MOST_WORKERS = 8;

/** Counts rows in workers, one for each core, so that the page stays responsive. */
export class CountClient implements Disposable {
  readonly #scope = new Scope();
  readonly #workers: readonly PoolWorker[];
  #nextId = 1;

  /** @param workers How many; the machine's cores when absent. */
  constructor(workers = navigator.hardwareConcurrency) {
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    this.#workers = Array.from({ length: Math.max(1, Math.min(MOST_WORKERS, workers)) }, () =>
      this.#scope.own(new PoolWorker(url)),
    );
    URL.revokeObjectURL(url);
  }

  open(plan: CountPlan): CountJob {
    const jobId = this.#nextId++;
    const rowsOf = new Map(this.#workers.map((worker) => [worker, 0]));
    const toAll = (request: CountRequest) => this.#workers.forEach((worker) => worker.post(request));
    let counted = plan;
    toAll({ type: 'open', jobId, plan });
    return {
      append: (columns) => {
        const [worker, rows] = [...rowsOf].reduce((least, each) => (each[1] < least[1] ? each : least));
        rowsOf.set(worker, rows + (columns[0]?.length ?? 0));
        worker.post(
          { type: 'append', jobId, columns },
          columns.map((column) => column.buffer),
        );
      },
      recount: (next) => {
        counted = next;
        toAll({ type: 'recount', jobId, plan: next });
      },
      read: async () =>
        added(counted, await this.#ask<CountAnswer>((requestId) => ({ type: 'read', jobId, requestId }))),
      countSelected: async (test) => {
        const answers = await this.#ask<SelectAnswer>((requestId) => ({ type: 'select', jobId, requestId, test }));
        return answers.reduce((sum, { selectedRows }) => sum + selectedRows, 0);
      },
      rowsWithin: async (window) => {
        const answers = await this.#ask<RowsAnswer>((requestId) => ({ type: 'rows', jobId, requestId, window }));
        return answers.flatMap(({ rows }) => rows);
      },
      dispose: () => toAll({ type: 'close', jobId }),
    };
  }

  dispose(): void {
    this.#scope.dispose();
  }

  async #ask<Answer extends WorkerAnswer>(
    request: (requestId: number) => CountRequest & { readonly requestId: number },
  ): Promise<readonly Answer[]> {
    const asked = request(this.#nextId++);
    const answers = await Promise.all(this.#workers.map((worker) => worker.ask(asked)));
    // A worker answers each request with its own kind of answer.
    return answers as Answer[];
  }
}

function added(plan: CountPlan, answers: readonly CountAnswer[]): Pick<CountAnswer, 'counts' | 'countingMs'> {
  const [first, ...others] = answers;
  if (!first) throw new PikaError('internal', 'No worker has counted.');
  const { counts } = first;
  for (const other of others) addCounts(plan, counts, other.counts);
  return { counts, countingMs: Math.max(...answers.map(({ countingMs }) => countingMs)) };
}
