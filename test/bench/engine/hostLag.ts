import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const NANOSECONDS_PER_MS = 1e6;

/** How late timers of this process fire while some work goes on; the timer's own interval is taken off. */
export class HostLag {
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  /** Measures while `work` goes on, on top of what was measured before. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#histogram.enable();
    try {
      return await work();
    } finally {
      this.#histogram.disable();
    }
  }

  toString(): string {
    const lag = (nanoseconds: number) => Math.max(0, nanoseconds / NANOSECONDS_PER_MS - RESOLUTION_MS).toFixed(1);
    return `${lag(this.#histogram.percentile(99))} ms (longest ${lag(this.#histogram.max)} ms)`;
  }
}
