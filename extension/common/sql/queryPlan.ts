/** One operator of a plan as it ran; its children are what it read. */
export interface PlanOperator {
  readonly name: string;
  /** What it did it with: filters, groups, files. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly rowCount: number;
  /** What the optimizer expected; null where it did not say. */
  readonly estimatedRowCount: number | null;
  /** Time of this operator alone, all threads together. */
  readonly timeMs: number;
  readonly children: readonly PlanOperator[];
}

/** A query's plan and how long it took. */
export interface QueryPlan {
  readonly elapsedMs: number;
  readonly root: PlanOperator;
}

/** Time of an operator and of everything it read. */
export function totalTimeMs({ timeMs, children }: PlanOperator): number {
  return children.reduce((sum, child) => sum + totalTimeMs(child), timeMs);
}
