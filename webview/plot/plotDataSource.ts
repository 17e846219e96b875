import type { DetailQuestion } from '#common/plot/detailQuestion';

/** Where a plot's batches come from: Arrow IPC streams as the header describes them, null at the end. */
export interface PlotDataSource {
  next(): Promise<Uint8Array | null>;
}

/** Reads a part of a plot that DuckDB aggregates in more detail, as an Arrow IPC stream; null where the plot is another one by now. */
export type ReadDetail = (question: DetailQuestion) => Promise<Uint8Array | null>;

const PULLS_AHEAD = 2;

/** The batches of a source in order, with the next pulls already under way while one is being worked on. */
export async function* pullBatches(source: PlotDataSource, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const pulls: Promise<Uint8Array | null>[] = [];
  const pull = () => {
    const next = source.next();
    // The failure is met when its turn comes; until then it must not count as unhandled.
    next.catch(() => undefined);
    pulls.push(next);
  };
  for (let count = 0; count < PULLS_AHEAD; count += 1) pull();
  for (let next = pulls.shift(); next; next = pulls.shift()) {
    const bytes = await next;
    if (bytes === null || signal.aborted) return;
    pull();
    yield bytes;
  }
}
