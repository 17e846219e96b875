import type { CellGrid } from '#common/plot/cellGrid';
import { countLength, type CountPlan } from '../countPlan.ts';
import type { RowTest } from '../rowTest.ts';
import { countRows } from './countRows.ts';
import { countSelected } from './countSelected.ts';
import {
  addSortedDensity,
  rowsWithin,
  sortRows,
  type CodePair,
  type CodeWindow,
  type SortedRows,
} from './sortedRows.ts';

type Batch = readonly Uint32Array<ArrayBuffer>[];

const NO_CODES = new Uint32Array(0);

/** Rows that are sorted in one go: some ten milliseconds, in which a worker does not listen. */
const SORTED_AT_ONCE = 2 ** 20;

/** One plot's share of rows in one worker: counted as they come, and again for every window. */
export class CountedJob {
  readonly #batches: Batch[] = [];
  readonly #sorted: SortedRows[] = [];
  #plan: CountPlan;
  #counts: Uint32Array<ArrayBuffer>;
  #countingMs = 0;

  constructor(plan: CountPlan) {
    this.#plan = plan;
    this.#counts = new Uint32Array(countLength(plan));
  }

  /** Everything counted so far, and the time that counting took. */
  get result(): { readonly counts: Uint32Array<ArrayBuffer>; readonly countingMs: number } {
    return { counts: this.#counts.slice(), countingMs: this.#countingMs };
  }

  append(columns: Batch): void {
    this.#batches.push(columns);
    this.#timed(() => countRows(this.#plan, columns, this.#counts));
  }

  recount(plan: CountPlan): void {
    this.#plan = plan;
    this.#counts = new Uint32Array(countLength(plan));
    this.#timed(() => {
      if (plan.kind === 'density') this.#addSorted(plan.grid);
      for (const columns of this.#batches) countRows(plan, columns, this.#counts);
    });
  }

  countSelected(test: RowTest): number {
    const columns = [...this.#sorted.map(({ x, y }) => [x, y] as const), ...this.#batches];
    return columns.reduce((sum, [x = NO_CODES, y = NO_CODES]) => sum + countSelected(test, x, y), 0);
  }

  /** The rows inside a window, part by part. */
  rowsWithin(window: CodeWindow): readonly CodePair[] {
    while (this.sortMore());
    return this.#sorted.map((rows) => rowsWithin(rows, window));
  }

  /** Sorts some of the rows that came, in place of their batches. @returns Whether there are more. */
  sortMore(): boolean {
    if (this.#plan.kind !== 'density' || this.#batches.length === 0) return false;
    const taken: CodePair[] = [];
    for (let rows = 0; rows < SORTED_AT_ONCE;) {
      const [x, y] = this.#batches.pop() ?? [];
      if (!x || !y) break;
      taken.push([x, y]);
      rows += x.length;
    }
    this.#sorted.push(sortRows(taken));
    return this.#batches.length > 0;
  }

  #addSorted(grid: CellGrid): void {
    for (const rows of this.#sorted) addSortedDensity(rows, grid, this.#counts);
  }

  #timed(work: () => void): void {
    const startMs = performance.now();
    work();
    this.#countingMs += performance.now() - startMs;
  }
}
