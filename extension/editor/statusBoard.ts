import { Emitter } from '#common/base/emitter';
import { toWireError, type WireError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type { PikaNode } from '#common/document/pikaDocument';
import type { NodeStatus } from '#common/protocol/webviewContract';

/** The states of a document's nodes; every change is announced once. */
export class StatusBoard implements Disposable {
  readonly #statuses = new Map<string, NodeStatus>();
  readonly #changed = new Emitter<NodeStatus>();
  readonly onDidChange = this.#changed.event;

  all(): readonly NodeStatus[] {
    return [...this.#statuses.values()];
  }

  get(id: string): NodeStatus | undefined {
    return this.#statuses.get(id);
  }

  /** Keeps the states of these nodes, adds idle ones for new nodes, forgets the rest. */
  retain(nodes: readonly PikaNode[]): void {
    const kept = new Map(nodes.map((node) => [node.id, this.#statuses.get(node.id)]));
    this.#statuses.clear();
    for (const node of nodes) {
      const before = kept.get(node.id);
      this.#statuses.set(node.id, before?.kind === node.kind ? before : idleStatus(node));
    }
  }

  /** Shows what was kept of a node from an earlier opening, before anything runs. */
  restore(id: string, kept: Partial<NodeStatus>): void {
    this.update(id, { ...kept, generation: 1, isKept: true });
  }

  /** Changes some fields of a node's state; a node that is gone is left alone. What ended here is not kept any more. */
  update(id: string, change: Partial<NodeStatus>): void {
    const before = this.#statuses.get(id);
    if (!before) return;
    const hasEnded = change.state === 'done' || change.state === 'failed';
    const after = { ...before, ...(hasEnded && { isKept: false }), ...change };
    this.#statuses.set(id, after);
    this.#changed.fire(after);
  }

  start(id: string): void {
    this.update(id, { state: 'running', error: null, progress: null });
  }

  fail(id: string, error: unknown): void {
    this.update(id, { state: 'failed', error: ownError(id, toWireError(error)), progress: null });
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function ownError(id: string, error: WireError): WireError {
  return { ...error, details: { nodeId: id, ...error.details } };
}

function idleStatus(node: PikaNode): NodeStatus {
  return {
    id: node.id,
    kind: node.kind,
    state: 'idle',
    generation: 0,
    rowCount: null,
    columns: null,
    elapsedMs: null,
    progress: null,
    error: null,
    notices: [],
    source: null,
    fidelity: null,
    isKept: false,
  };
}
