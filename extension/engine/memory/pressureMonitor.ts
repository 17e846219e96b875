import type { Disposable } from '#common/base/scope';
import type { MemoryPressure, PressureLevel } from '#common/protocol/engineContract';
import type { MemoryProbe } from './memoryProbe.ts';
import { pressureLevel, type PressureLimits } from './pressureLevel.ts';

const INTERVAL_MS = 1000;

/** Calls `action` again and again until the result is disposed. */
export type Repeat = (action: () => void, intervalMs: number) => Disposable;

/** What a monitor works with. */
export interface PressureMonitorOptions {
  readonly probe: MemoryProbe;
  readonly limits: PressureLimits;
  readonly repeat: Repeat;
  /** Hears every change of the level, and only changes. */
  readonly onChange: (pressure: MemoryPressure) => void;
}

/** Watches the memory: takes readings at even times, one after the other, and reports when the level changes. */
export class PressureMonitor implements Disposable {
  readonly #ticking: Disposable;
  #level: PressureLevel = 'normal';
  #probing: Promise<void> | undefined;
  #isDisposed = false;

  constructor(private readonly options: PressureMonitorOptions) {
    this.#ticking = options.repeat(() => void this.check(), INTERVAL_MS);
  }

  get level(): PressureLevel {
    return this.#level;
  }

  /** Takes readings now, unless that is under way; resolves when they have been judged. */
  check(): Promise<void> {
    this.#probing ??= this.#judge().finally(() => (this.#probing = undefined));
    return this.#probing;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#ticking.dispose();
  }

  async #judge(): Promise<void> {
    // A probe that fails says nothing about memory, so the level stays what it was.
    const readings = await this.options.probe().catch(() => null);
    if (!readings || this.#isDisposed) return;
    const level = pressureLevel(readings, this.options.limits, this.#level);
    if (level === this.#level) return;
    this.#level = level;
    this.options.onChange({ level, readings });
  }
}

/** Repeats by the process's own timer, without keeping the process alive. */
export function repeatByTimer(action: () => void, intervalMs: number): Disposable {
  const timer = setInterval(action, intervalMs);
  timer.unref();
  return { dispose: () => clearInterval(timer) };
}
