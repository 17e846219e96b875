import type { DuckDBInstance } from '@duckdb/node-api';
import type { PikaError } from '#common/base/pikaError';
import type { MemoryPressure } from '#common/protocol/engineContract';
import { easePressure, type PressureTargets } from './easePressure.ts';
import { readMachineMemory } from './freeMemory.ts';
import { hardLimitBytes, MemoryGuard } from './memoryGuard.ts';
import { openMemoryProbe } from './memoryProbe.ts';
import { pressureLimits } from './pressureLevel.ts';
import { PressureMonitor, repeatByTimer } from './pressureMonitor.ts';

/** What is watched, and what gives way. */
export interface WatchedEngine {
  readonly instance: DuckDBInstance;
  readonly memoryLimitBytes: number;
  readonly targets: PressureTargets;
  /** Background jobs that may run at once while memory is not short. */
  readonly backgroundConcurrency: number;
  readonly onPressure: (pressure: MemoryPressure) => void;
  readonly stopRunning: (failure: PikaError) => number;
  /** Nothing but the end of this process frees what a statement took. */
  readonly giveUp: (failure: PikaError) => void;
}

/** Watches the memory of an engine and acts when it becomes short. */
export async function watchMemory(watched: WatchedEngine): Promise<PressureMonitor> {
  const { totalBytes } = await readMachineMemory();
  const limits = pressureLimits(watched.memoryLimitBytes, totalBytes);
  new MemoryGuard({
    residentBytes: () => process.memoryUsage.rss(),
    limitBytes: hardLimitBytes(limits.residentBytes[2], totalBytes),
    repeat: repeatByTimer,
    stopRunning: watched.stopRunning,
    giveUp: watched.giveUp,
  });
  return new PressureMonitor({
    probe: await openMemoryProbe(watched.instance),
    limits,
    repeat: repeatByTimer,
    onChange: (pressure) => {
      easePressure(pressure.level, watched.targets, watched.backgroundConcurrency);
      watched.onPressure(pressure);
    },
  });
}
