import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const NANOSECONDS_PER_MS = 1e6;

/** Measures how late timers of this process fire until stopped; the timer's own interval is taken off. */
export function watchLag(): { stop(): { p99Ms: number; maxMs: number } } {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const lag = (nanoseconds: number) => Math.max(0, nanoseconds / NANOSECONDS_PER_MS - RESOLUTION_MS);
  return {
    stop: () => {
      histogram.disable();
      return { p99Ms: lag(histogram.percentile(99)), maxMs: lag(histogram.max) };
    },
  };
}
