import { countLength, type CountPlan } from '../countPlan.ts';
import { countRows } from './countRows.ts';
import { countSelected } from './countSelected.ts';
import type { CountAnswer, CountRequest, SelectAnswer } from './countWorkerMessages.ts';
import type { RowTest } from '../rowTest.ts';

interface CountJob {
  plan: CountPlan;
  counts: Uint32Array<ArrayBuffer>;
  readonly batches: (readonly Uint32Array[])[];
  countingMs: number;
}

const NO_CODES = new Uint32Array(0);
const jobs = new Map<number, CountJob>();

function append(job: CountJob, columns: readonly Uint32Array[]): void {
  job.batches.push(columns);
  count(job, [columns]);
}

function recount(job: CountJob, plan: CountPlan): void {
  job.plan = plan;
  job.counts = new Uint32Array(countLength(plan));
  count(job, job.batches);
}

function count(job: CountJob, batches: readonly (readonly Uint32Array[])[]): void {
  const startMs = performance.now();
  for (const columns of batches) countRows(job.plan, columns, job.counts);
  job.countingMs += performance.now() - startMs;
}

function answer(job: CountJob, requestId: number): void {
  const counts = job.counts.slice();
  const message: CountAnswer = { requestId, counts, countingMs: job.countingMs };
  self.postMessage(message, { transfer: [counts.buffer] });
}

function answerSelected(job: CountJob, requestId: number, test: RowTest): void {
  const counts = job.batches.map(([x = NO_CODES, y = NO_CODES]) => countSelected(test, x, y));
  const message: SelectAnswer = { requestId, selectedRows: counts.reduce((sum, count) => sum + count, 0) };
  self.postMessage(message);
}

function handle(request: CountRequest): void {
  if (request.type === 'open') {
    const { jobId, plan } = request;
    jobs.set(jobId, { plan, counts: new Uint32Array(countLength(plan)), batches: [], countingMs: 0 });
    return;
  }
  const job = jobs.get(request.jobId);
  if (!job) return;
  switch (request.type) {
    case 'append':
      append(job, request.columns);
      return;
    case 'recount':
      recount(job, request.plan);
      return;
    case 'read':
      answer(job, request.requestId);
      return;
    case 'select':
      answerSelected(job, request.requestId, request.test);
      return;
    case 'close':
      jobs.delete(request.jobId);
      return;
  }
}

self.addEventListener('message', (event: MessageEvent<CountRequest>) => handle(event.data));
