import type { CountPlan } from '../countPlan.ts';
import type { RowTest } from '../rowTest.ts';
import type { CodePair, CodeWindow } from './sortedRows.ts';

/** What a counting worker is told; `jobId` names one plot's counts. */
export type CountRequest =
  | { readonly type: 'open'; readonly jobId: number; readonly plan: CountPlan }
  | { readonly type: 'append'; readonly jobId: number; readonly columns: readonly Uint32Array<ArrayBuffer>[] }
  | { readonly type: 'recount'; readonly jobId: number; readonly plan: CountPlan }
  | { readonly type: 'read'; readonly jobId: number; readonly requestId: number }
  | { readonly type: 'rows'; readonly jobId: number; readonly requestId: number; readonly window: CodeWindow }
  | { readonly type: 'select'; readonly jobId: number; readonly requestId: number; readonly test: RowTest }
  | { readonly type: 'close'; readonly jobId: number };

/** The answer to a `read`: what this worker has counted so far, and the time that counting took. */
export interface CountAnswer {
  readonly requestId: number;
  readonly counts: Uint32Array<ArrayBuffer>;
  readonly countingMs: number;
}

/** The answer to `rows`. */
export interface RowsAnswer {
  readonly requestId: number;
  readonly rows: readonly CodePair[];
}

/** The answer to `select`: how many of this worker's rows are selected. */
export interface SelectAnswer {
  readonly requestId: number;
  readonly selectedRows: number;
}

/** What a counting worker answers. */
export type WorkerAnswer = CountAnswer | RowsAnswer | SelectAnswer;
