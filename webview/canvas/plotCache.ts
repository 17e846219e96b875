import type { PlotHeader } from '#common/plot/plotData';

/** A plot's header with all of its batches. */
export interface KeptPlot {
  readonly header: PlotHeader;
  readonly generation: number;
  readonly batches: readonly Uint8Array[];
}

const MAX_BYTES = 96 * 2 ** 20;

/** The data of plots that were drawn, so that a card that comes back asks nobody; those drawn last stay, up to 96 MiB. */
export class PlotCache {
  readonly #plots = new Map<string, KeptPlot>();
  #byteLength = 0;

  constructor(private readonly maxBytes = MAX_BYTES) {}

  keep(key: string, plot: KeptPlot): void {
    this.forget(key);
    const byteLength = lengthOf(plot);
    if (byteLength > this.maxBytes) return;
    this.#plots.set(key, plot);
    this.#byteLength += byteLength;
    for (const oldest of this.#plots.keys()) {
      if (this.#byteLength <= this.maxBytes) return;
      this.forget(oldest);
    }
  }

  /** The plot of this generation, which now counts as drawn last; undefined when it is not kept. */
  take(key: string, generation: number): KeptPlot | undefined {
    const plot = this.#plots.get(key);
    if (plot?.generation !== generation) return undefined;
    this.#plots.delete(key);
    this.#plots.set(key, plot);
    return plot;
  }

  forget(key: string): void {
    const plot = this.#plots.get(key);
    if (plot) this.#byteLength -= lengthOf(plot);
    this.#plots.delete(key);
  }
}

function lengthOf({ batches }: KeptPlot): number {
  return batches.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
