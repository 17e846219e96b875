import { randomUUID } from 'node:crypto';
import { cancelledError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type { Lane, Progress } from '#common/protocol/engineContract';
import type { EngineClient } from '../host/engineClient.ts';

interface Kept {
  readonly sql: string;
  readonly name: string;
  /** Of the engine that has it. */
  readonly epoch: number;
  readonly controller: AbortController;
  readonly done: Promise<null>;
  isReady: boolean;
}

/** How a result is worked out. */
export interface KeepOptions {
  readonly lane: Lane;
  readonly subject: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Results that are worked out once and kept in the engine's scratch database while they are looked at: one for each slot. */
export class ScratchRows implements Disposable {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly engine: EngineClient) {}

  /** The scratch table of a slot, if it has the rows of just this statement by now. */
  tableOf(slot: string, sql: string): string | null {
    const kept = this.#held(slot);
    return kept?.isReady && kept.sql === sql ? kept.name : null;
  }

  /** Works out a statement, or waits until that is done; what the slot held before is given up. */
  async keep(slot: string, sql: string, { lane, subject, signal, onProgress }: KeepOptions): Promise<string> {
    const before = this.#held(slot);
    if (before?.sql === sql) {
      await before.done;
      return before.name;
    }
    this.forget(slot);
    const controller = new AbortController();
    const running = AbortSignal.any([controller.signal, signal]);
    const name = `kept ${randomUUID()}`;
    const epoch = this.engine.scratchEpoch;
    const done = this.engine.keepRows(
      { sql, name, lane, subject },
      { signal: running, ...(onProgress && { onProgress }) },
    );
    const kept: Kept = { sql, name, epoch, controller, done, isReady: false };
    this.#kept.set(slot, kept);
    try {
      await done;
      kept.isReady = true;
      if (this.#kept.get(slot) === kept) return name;
      this.#drop(kept);
      throw cancelledError();
    } catch (error) {
      if (this.#kept.get(slot) === kept) this.#kept.delete(slot);
      throw error;
    }
  }

  /** Gives up what a slot holds. */
  forget(slot: string): void {
    const kept = this.#kept.get(slot);
    this.#kept.delete(slot);
    if (!kept) return;
    kept.controller.abort();
    if (kept.isReady) this.#drop(kept);
  }

  /** What a slot holds in the engine that is asked now. */
  #held(slot: string): Kept | undefined {
    const kept = this.#kept.get(slot);
    return kept?.epoch === this.engine.scratchEpoch ? kept : undefined;
  }

  #drop({ name }: Kept): void {
    this.engine.dropRows(name).catch(() => undefined);
  }

  dispose(): void {
    for (const slot of [...this.#kept.keys()]) this.forget(slot);
  }
}
