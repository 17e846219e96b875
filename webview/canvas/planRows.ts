import { totalTimeMs, type PlanOperator, type QueryPlan } from '#common/sql/queryPlan';
import { formatCount, formatDuration } from '../ui/format.ts';

/** Off by more than this, an estimate is worth a remark. */
const FAR_OFF = 10;
/** A hint of longer texts; the whole stands in the title. */
const MAX_FACTS = 2;

/** One operator of a plan as a row of a tree. */
export interface PlanRow {
  readonly key: string;
  readonly depth: number;
  readonly name: string;
  /** Rows that it gave. */
  readonly rows: string;
  readonly time: string;
  /** Share of the whole time, 0 to 1. */
  readonly share: number;
  /** What was expected, where that is far from what came; empty otherwise. */
  readonly estimate: string;
  readonly facts: string;
  /** Everything in one text. */
  readonly title: string;
}

/** A plan as rows, an operator before what it read. */
export function planRows({ root }: QueryPlan): readonly PlanRow[] {
  const totalMs = totalTimeMs(root);
  const rows: PlanRow[] = [];
  const visit = (operator: PlanOperator, depth: number) => {
    rows.push(rowOf(operator, { depth, index: rows.length, totalMs }));
    for (const child of operator.children) visit(child, depth + 1);
  };
  visit(root, 0);
  return rows;
}

function rowOf(operator: PlanOperator, at: { depth: number; index: number; totalMs: number }): PlanRow {
  const { name, rowCount, estimatedRowCount, timeMs, facts } = operator;
  const texts = facts.map(({ label, text }) => `${label}: ${text}`);
  const expected = estimatedRowCount === null ? '' : `expected ${formatCount(estimatedRowCount)} rows`;
  return {
    key: `${at.index} ${name}`,
    depth: at.depth,
    name: name.toLowerCase().replaceAll('_', ' '),
    rows: formatCount(rowCount),
    time: formatDuration(timeMs),
    share: at.totalMs > 0 ? timeMs / at.totalMs : 0,
    estimate: isFarOff(rowCount, estimatedRowCount) ? expected : '',
    facts: facts
      .slice(0, MAX_FACTS)
      .map(({ text }) => text)
      .join(' · '),
    title: [name, `${formatCount(rowCount)} rows`, expected, ...texts].filter(Boolean).join('\n'),
  };
}

function isFarOff(rowCount: number, estimate: number | null): boolean {
  if (estimate === null) return false;
  const [low, high] = [Math.max(1, Math.min(rowCount, estimate)), Math.max(1, rowCount, estimate)];
  return high / low >= FAR_OFF;
}
