import { randomUUID } from 'node:crypto';
import type { PlotHeader } from '#common/plot/plotData';
import type { EngineClient } from '../../host/engineClient.ts';
import type { KeptPlot } from './keptResults.ts';

const KEPT_PREFIX = 'kept ';

interface Recording {
  readonly batches: Uint8Array[];
  readonly done: (batches: readonly Uint8Array[]) => void;
}

/** Batches of plots for pages: of the engine, which are noted as they pass, and of plots that were kept. */
export class PlotStreams {
  readonly #kept = new Map<string, Uint8Array[]>();
  readonly #recordings = new Map<string, Recording>();

  constructor(private readonly engine: EngineClient) {}

  /** Opens a stream over the batches of a plot that was kept. */
  openKept({ header, batches }: KeptPlot): PlotHeader {
    const streamId = `${KEPT_PREFIX}${randomUUID()}`;
    this.#kept.set(streamId, [...batches]);
    return { ...header, streamId };
  }

  /** Calls `done` with every batch of a stream of the engine, once a page has pulled all of them. */
  record(streamId: string, done: Recording['done']): void {
    this.#recordings.set(streamId, { batches: [], done });
  }

  /** The next batch; null is the end. */
  async next(streamId: string): Promise<Uint8Array | null> {
    if (streamId.startsWith(KEPT_PREFIX)) return this.#nextKept(streamId);
    const { ipc } = await this.engine.nextBatch(streamId);
    const recording = this.#recordings.get(streamId);
    if (ipc) recording?.batches.push(ipc);
    else recording?.done(recording.batches);
    if (!ipc) this.#recordings.delete(streamId);
    return ipc;
  }

  async close(streamId: string): Promise<void> {
    this.#recordings.delete(streamId);
    if (!this.#kept.delete(streamId) && !streamId.startsWith(KEPT_PREFIX)) await this.engine.closeStream(streamId);
  }

  #nextKept(streamId: string): Uint8Array | null {
    const batch = this.#kept.get(streamId)?.shift() ?? null;
    if (!batch) this.#kept.delete(streamId);
    return batch;
  }
}
