import type { CountRequest, WorkerAnswer } from './countWorkerMessages.ts';
import { CountedJob } from './countedJob.ts';

/** Rows are sorted once nothing was asked for that long: while they arrive, and while a plot moves, counting goes first. */
const QUIET_MS = 120;

const jobs = new Map<number, CountedJob>();
let quiet: ReturnType<typeof setTimeout> | undefined;

function answer(message: WorkerAnswer, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

function handle(request: CountRequest): void {
  if (request.type === 'open') {
    jobs.set(request.jobId, new CountedJob(request.plan));
    return;
  }
  const job = jobs.get(request.jobId);
  if (!job) return;
  switch (request.type) {
    case 'append':
      job.append(request.columns);
      return;
    case 'recount':
      job.recount(request.plan);
      return;
    case 'read': {
      const { counts, countingMs } = job.result;
      answer({ requestId: request.requestId, counts, countingMs }, [counts.buffer]);
      return;
    }
    case 'rows': {
      const rows = job.rowsWithin(request.window);
      answer(
        { requestId: request.requestId, rows },
        rows.flatMap(([x, y]) => [x.buffer, y.buffer]),
      );
      return;
    }
    case 'select':
      answer({ requestId: request.requestId, selectedRows: job.countSelected(request.test) });
      return;
    case 'close':
      jobs.delete(request.jobId);
      return;
  }
}

function sortWhenQuiet(): void {
  clearTimeout(quiet);
  quiet = setTimeout(() => {
    const unsorted = [...jobs.values()].map((job) => job.sortMore());
    if (unsorted.includes(true)) sortWhenQuiet();
  }, QUIET_MS);
}

self.addEventListener('message', (event: MessageEvent<CountRequest>) => {
  handle(event.data);
  sortWhenQuiet();
});
