import { formatBytes } from '#common/base/formatBytes';
import { PikaError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type { Repeat } from './pressureMonitor.ts';

const INTERVAL_MS = 100;
/** Beyond what counts as critical, which work that spills may reach for a moment. */
const CRITICAL_MARGIN = 1.15;
const MACHINE_SHARE = 0.9;
/** Statements that still hold the memory this many looks after they were stopped do not listen. */
const PATIENCE_LOOKS = 10;

/** What a guard looks at and acts with. */
export interface MemoryGuardOptions {
  readonly residentBytes: () => number;
  readonly limitBytes: number;
  readonly repeat: Repeat;
  /** Stops every running statement with this failure. @returns How many there were. */
  readonly stopRunning: (failure: PikaError) => number;
  /** Ends the process, for what was stopped does not give its memory back. */
  readonly giveUp: (failure: PikaError) => void;
}

/**
 * Keeps one statement from taking the machine's memory: some of DuckDB's functions allocate outside of its `memory_limit`,
 * in one step that no interrupt reaches, e.g. `len(range(1000000000))`.
 */
export class MemoryGuard implements Disposable {
  readonly #ticking: Disposable;
  #looksOver = 0;

  constructor(private readonly options: MemoryGuardOptions) {
    this.#ticking = options.repeat(() => this.#look(), INTERVAL_MS);
  }

  dispose(): void {
    this.#ticking.dispose();
  }

  #look(): void {
    const residentBytes = this.options.residentBytes();
    if (residentBytes < this.options.limitBytes) {
      this.#looksOver = 0;
      return;
    }
    const failure = exhaustedError(residentBytes);
    const stoppedCount = this.options.stopRunning(failure);
    if (stoppedCount > 0) this.#looksOver++;
    if (this.#looksOver > PATIENCE_LOOKS) {
      this.dispose();
      this.options.giveUp(failure);
    }
  }
}

/** The most a process may take before its statements are stopped: well beyond what spilling work needs. */
export function hardLimitBytes(criticalBytes: number, machineBytes: number): number {
  return Math.min(criticalBytes * CRITICAL_MARGIN, machineBytes * MACHINE_SHARE);
}

function exhaustedError(residentBytes: number): PikaError {
  const message = `What ran made the engine take ${formatBytes(residentBytes)} of memory, so it was stopped.`;
  return new PikaError('memory-pressure', message, {
    hint: 'Make smaller lists and texts in one step, e.g. FROM range(…) in place of unnest(range(…)).',
  });
}
