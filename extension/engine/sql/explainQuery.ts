import { PikaError } from '#common/base/pikaError';
import type { PlanOperator, QueryPlan } from '#common/sql/queryPlan';
import { interruptible } from '../database/interruptible.ts';
import { explained, type RunServices } from '../run/queryRunner.ts';

const MS_PER_SECOND = 1000;
const ESTIMATE = 'Estimated Cardinality';
/** Operators that belong to the explaining, not to the query. */
const OWN_OPERATORS = new Set(['EXPLAIN_ANALYZE', 'RESULT_COLLECTOR', 'QUERY']);

interface ProfileNode {
  readonly operator_name?: string;
  readonly operator_type?: string;
  readonly operator_timing?: number;
  readonly operator_cardinality?: number;
  readonly latency?: number;
  readonly extra_info?: Readonly<Record<string, unknown>>;
  readonly children?: readonly ProfileNode[];
}

/** Runs a gated SELECT to its end, throws its rows away, and tells what each operator did. */
export async function explainQuery(services: RunServices, sql: string, signal: AbortSignal): Promise<QueryPlan> {
  const statement = await services.gate.pass(sql);
  const text = `EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM (${statement}\n)`;
  const work = (running: AbortSignal) =>
    services.pool.use((connection) => interruptible(connection, () => connection.runAndReadAll(text), running));
  const reader = await explained(services, statement, services.scheduler.run(work, { lane: 'result' }, signal));
  const profile = JSON.parse(String(reader.getRows()[0]?.[1])) as ProfileNode;
  const root = queryRoot(profile);
  if (!root) throw new PikaError('internal', 'DuckDB gave no plan of this query.');
  return { elapsedMs: (profile.latency ?? 0) * MS_PER_SECOND, root: operator(root) };
}

function queryRoot(node: ProfileNode): ProfileNode | undefined {
  const isOwn = node.operator_type === undefined || OWN_OPERATORS.has(node.operator_type);
  const [child] = node.children ?? [];
  return isOwn ? child && queryRoot(child) : node;
}

function operator(node: ProfileNode): PlanOperator {
  const { [ESTIMATE]: estimate, ...info } = node.extra_info ?? {};
  return {
    name: (node.operator_name ?? node.operator_type ?? '').trim(),
    facts: Object.entries(info).map(([label, value]) => ({ label, text: textOf(value) })),
    rowCount: node.operator_cardinality ?? 0,
    estimatedRowCount: estimate === undefined ? null : Number(estimate),
    timeMs: (node.operator_timing ?? 0) * MS_PER_SECOND,
    children: (node.children ?? []).map(operator),
  };
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
