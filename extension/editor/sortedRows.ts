import { randomUUID } from 'node:crypto';
import type { Disposable } from '#common/base/scope';
import type { Progress } from '#common/protocol/engineContract';
import type { RowsView } from '#common/table/tableView';
import type { EngineClient } from '../host/engineClient.ts';
import { quoteIdentifier } from '../query/quote.ts';
import { viewRelation } from '../query/viewSql.ts';
import type { DataFacts } from './dataRun.ts';

interface Kept {
  readonly key: string;
  readonly name: string;
  readonly controller: AbortController;
  readonly done: Promise<null>;
  isReady: boolean;
}

/** Rows of sorted views, put in order once per table, so that a page anywhere in them is read and not sorted for. */
export class SortedRows implements Disposable {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly engine: EngineClient) {}

  /** The facts of a view that is in order already, whose rows are then all rows; null while it is not. */
  inOrder(id: string, facts: DataFacts, view: RowsView): DataFacts | null {
    const kept = this.#kept.get(id);
    if (!kept?.isReady || kept.key !== keyOf(facts, view)) return null;
    return { ...facts, relation: quoteIdentifier(kept.name), places: { kind: 'rowid' } };
  }

  /** Puts a view in order, or waits until it is; a table's earlier order is given up. */
  async sort(
    id: string,
    facts: DataFacts,
    view: RowsView,
    options: { signal: AbortSignal; onProgress?: (progress: Progress) => void },
  ): Promise<void> {
    const key = keyOf(facts, view);
    const before = this.#kept.get(id);
    if (before?.key === key) {
      await before.done;
      return;
    }
    this.forget(id);
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, options.signal]);
    const name = `sorted ${randomUUID()}`;
    const sql = `SELECT * FROM ${viewRelation(facts, view)}`;
    const { onProgress } = options;
    const request = { sql, name, lane: 'result' as const, subject: id };
    const done = this.engine.keepRows(request, { signal, ...(onProgress && { onProgress }) });
    const kept: Kept = { key, name, controller, done, isReady: false };
    this.#kept.set(id, kept);
    try {
      await done;
      kept.isReady = true;
    } catch (error) {
      if (this.#kept.get(id) === kept) this.#kept.delete(id);
      throw error;
    }
  }

  /** Gives up a table's order. */
  forget(id: string): void {
    const kept = this.#kept.get(id);
    this.#kept.delete(id);
    if (!kept) return;
    kept.controller.abort();
    if (kept.isReady) this.engine.dropRows(kept.name).catch(() => undefined);
  }

  dispose(): void {
    for (const id of [...this.#kept.keys()]) this.forget(id);
  }
}

function keyOf(facts: DataFacts, view: RowsView): string {
  return JSON.stringify([facts.relation, view]);
}
