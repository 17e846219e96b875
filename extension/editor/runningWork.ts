import type { NodeStatus } from '#common/protocol/webviewContract';

/** A node that runs. */
export interface RunningNode {
  readonly id: string;
  /** 0 to 1; null while unknown. */
  readonly fraction: number | null;
  readonly isImport: boolean;
}

/** Which nodes of a document run, in the order they started. */
export class RunningWork {
  readonly #running = new Map<string, RunningNode>();

  get nodes(): readonly RunningNode[] {
    return [...this.#running.values()];
  }

  /** @returns Whether anything changed. */
  note({ id, state, progress, source }: NodeStatus): boolean {
    if (state !== 'running') return this.#running.delete(id);
    this.#running.set(id, { id, fraction: progress, isImport: source?.access === 'importing' });
    return true;
  }
}

/** One line for the status bar: what runs and how far it is; of several, the first that knows. */
export function describeWork(nodes: readonly RunningNode[]): string | null {
  const [first] = nodes;
  if (!first) return null;
  const measured = nodes.find(({ fraction }) => fraction !== null);
  const reached = measured ? `${measured.id} ${percent(measured.fraction ?? 0)}` : null;
  if (nodes.length === 1) return reached ?? first.id;
  return reached === null ? `${nodes.length} running` : `${nodes.length} running, ${reached}`;
}

/** A share as whole percent, e.g. `45 %`. */
export function percent(fraction: number): string {
  return `${Math.floor(fraction * 100)} %`;
}
