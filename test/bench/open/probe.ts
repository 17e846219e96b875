import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { commands, type ExtensionContext } from 'vscode';

const RESOLUTION_MS = 5;
const NANOSECONDS_PER_MS = 1e6;

/** What the probe writes when it ends. */
export interface ProbeReading {
  readonly pid: number;
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
}

/** Measures the extension host from inside: two commands start and end the measurement. */
export function activate(context: ExtensionContext): void {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const file = process.env['PIKA_PROBE_FILE'];
  if (file === undefined) throw new Error('PIKA_PROBE_FILE names no file');
  const write = () => {
    // The timer's own interval is part of what the histogram holds.
    const lag = (ns: number) => Math.max(0, ns / NANOSECONDS_PER_MS - RESOLUTION_MS);
    const reading: ProbeReading = {
      pid: process.pid,
      lagP99Ms: lag(histogram.percentile(99)),
      lagMaxMs: lag(histogram.max),
    };
    writeFileSync(file, JSON.stringify(reading));
  };
  context.subscriptions.push(
    commands.registerCommand('pikaProbe.start', () => {
      histogram.reset();
      histogram.enable();
      write();
    }),
    commands.registerCommand('pikaProbe.end', () => {
      histogram.disable();
      write();
    }),
  );
}
