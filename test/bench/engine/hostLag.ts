import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const NANOSECONDS_PER_MS = 1e6;
const P99 = 99;

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

  /** The 99th percentile; the longest is no lag but the pause between two measurements. */
  toString(): string {
    const p99Ms = this.#histogram.percentile(P99) / NANOSECONDS_PER_MS - RESOLUTION_MS;
    return `${Math.max(0, p99Ms).toFixed(1)} ms`;
  }
}
