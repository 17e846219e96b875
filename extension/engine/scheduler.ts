import { cancelledError, PikaError } from '#common/base/pikaError';
import type { Lane } from '#common/protocol/engineContract';
import { WaitingJobs, type WaitingJob } from './waitingJobs.ts';

const LANES: readonly Lane[] = ['interactive', 'result', 'background', 'idle'];

/** How a scheduler works. */
export interface SchedulerOptions {
  /** Jobs that run at once. */
  readonly concurrency: number;
  /** Of these, how many may be `background` or `idle`, so that a pointer never waits for an import. */
  readonly backgroundConcurrency: number;
  /** Of these, how many only `interactive` jobs may take, so that a pointer never waits for results either; none by default. */
  readonly interactiveReserve?: number;
  /** After this long a waiting job counts as one lane more urgent; after twice as long, two. */
  readonly ageingMs: number;
  readonly now: () => number;
}

/** Where a job stands in line. */
export interface JobPlace {
  readonly lane: Lane;
  /** A newer job of the same key cancels the older one. */
  readonly key?: string;
  /**
   * What it writes: of the jobs that write the same, one runs at a time. A scratch table is named, for DuckDB refuses a
   * second writer of one; so are large imports together, see `importPlace`. Jobs that only read name nothing.
   */
  readonly writes?: string | undefined;
  /** Part of work that was let in before, so it is never refused. */
  readonly isContinuation?: boolean;
}

interface Job extends WaitingJob {
  readonly queuedMs: number;
  /** Counts the jobs that came before. */
  readonly order: number;
  readonly controller: AbortController;
  start(): Promise<void>;
  fail(error: unknown): void;
}

/**
 * Decides which job runs next: the most urgent lane first, first come first served inside a lane, and a job that has
 * waited long counts as more urgent. Whatever is written has one writer at a time, whose place is free again only once it has
 * ended; who waits for it lets others pass. A job settles exactly once; a cancelled one that runs keeps its place until it has ended.
 */
export class Scheduler {
  readonly #waiting = new WaitingJobs<Job>();
  readonly #running = new Set<Job>();
  /** What running jobs write. */
  readonly #written = new Set<string>();
  readonly #newest = new Map<string, AbortController>();
  #jobCount = 0;
  #runningCount = 0;
  #runningInteractiveCount = 0;
  #runningBackgroundCount = 0;
  #backgroundConcurrency: number;
  #refusal: (() => PikaError) | null = null;

  constructor(private readonly options: SchedulerOptions) {
    this.#backgroundConcurrency = options.backgroundConcurrency;
  }

  get runningCount(): number {
    return this.#runningCount;
  }

  get queuedCount(): number {
    return this.#waiting.count;
  }

  /**
   * From now on runs at most `concurrency` jobs of the lanes `background` and `idle` at once, and with a `refusal` lets no
   * new ones in; what runs or waits is left alone.
   */
  limitBackground(concurrency: number, refusal: (() => PikaError) | null): void {
    this.#backgroundConcurrency = concurrency;
    this.#refusal = refusal;
    this.#startNext();
  }

  /** Aborts every running job, which fails with `failure` once its work has ended. @returns How many there are. */
  stopRunning(failure: PikaError): number {
    for (const { controller } of this.#running) controller.abort(failure);
    return this.#running.size;
  }

  /**
   * Runs `work` when its turn comes.
   * @throws PikaError `cancelled` when `signal` aborts or a newer job has its key; the refusal while background work is refused;
   * the failure that it was stopped with.
   */
  run<T>(work: (signal: AbortSignal) => Promise<T>, place: JobPlace, signal: AbortSignal): Promise<T> {
    if (signal.aborted) return Promise.reject(cancelledError());
    const refusal = isBackgroundLane(LANES.indexOf(place.lane)) && !place.isContinuation ? this.#refusal : null;
    if (refusal) return Promise.reject(refusal());
    const controller = this.#claimKey(place.key);
    const onAbort = () => controller.abort();
    signal.addEventListener('abort', onAbort);
    const release = () => {
      signal.removeEventListener('abort', onAbort);
      if (place.key !== undefined && this.#newest.get(place.key) === controller) this.#newest.delete(place.key);
    };
    return new Promise<T>((resolve, reject) => {
      const job: Job = {
        lane: LANES.indexOf(place.lane),
        writes: place.writes,
        order: this.#jobCount++,
        queuedMs: this.options.now(),
        controller,
        start: () =>
          work(controller.signal).then(resolve, (error: unknown) => reject(failureOf(error, controller.signal))),
        fail: reject,
      };
      this.#enqueue(job);
    }).finally(release);
  }

  #claimKey(key: string | undefined): AbortController {
    const controller = new AbortController();
    if (key === undefined) return controller;
    this.#newest.get(key)?.abort();
    this.#newest.set(key, controller);
    return controller;
  }

  #enqueue(job: Job): void {
    this.#waiting.add(job);
    job.controller.signal.addEventListener('abort', () => {
      if (this.#waiting.delete(job)) job.fail(cancelledError());
    });
    this.#startNext();
  }

  #startNext(): void {
    while (this.#runningCount < this.options.concurrency) {
      const job = this.#mostUrgent();
      if (!job) return;
      this.#waiting.delete(job);
      this.#start(job);
    }
  }

  #start(job: Job): void {
    this.#running.add(job);
    if (job.writes !== undefined) this.#written.add(job.writes);
    this.#countRunning(job, 1);
    void job.start().finally(() => {
      this.#running.delete(job);
      if (job.writes !== undefined) this.#written.delete(job.writes);
      this.#countRunning(job, -1);
      this.#startNext();
    });
  }

  #countRunning({ lane }: Job, change: 1 | -1): void {
    this.#runningCount += change;
    if (isInteractiveLane(lane)) this.#runningInteractiveCount += change;
    if (isBackgroundLane(lane)) this.#runningBackgroundCount += change;
  }

  /** The head of each queue is its oldest job, so only heads compete. */
  #mostUrgent(): Job | undefined {
    let best: Job | undefined;
    for (const head of this.#waiting.heads()) {
      if (this.#isFull(head.lane) || (head.writes !== undefined && this.#written.has(head.writes))) continue;
      if (!best || this.#compare(head, best) < 0) best = head;
    }
    return best;
  }

  /** Negative when `a` comes first. */
  #compare(a: Job, b: Job): number {
    return this.#urgency(a) - this.#urgency(b) || a.lane - b.lane || a.order - b.order;
  }

  #isFull(lane: number): boolean {
    if (isInteractiveLane(lane)) return false;
    const { concurrency, interactiveReserve = 0 } = this.options;
    const isRestFull = this.#runningCount - this.#runningInteractiveCount >= concurrency - interactiveReserve;
    return isRestFull || (isBackgroundLane(lane) && this.#runningBackgroundCount >= this.#backgroundConcurrency);
  }

  #urgency(job: Job): number {
    return job.lane - Math.floor((this.options.now() - job.queuedMs) / this.options.ageingMs);
  }
}

/** Why a job was stopped says more than that it was. */
function failureOf(error: unknown, { reason }: AbortSignal): Error {
  if (PikaError.is(reason)) return reason;
  return error instanceof Error ? error : new Error(String(error));
}

function isInteractiveLane(lane: number): boolean {
  return lane === LANES.indexOf('interactive');
}

function isBackgroundLane(lane: number): boolean {
  return lane >= LANES.indexOf('background');
}
