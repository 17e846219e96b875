import { PikaError } from '#common/base/pikaError';
import type { PressureLevel } from '#common/protocol/engineContract';
import { isAtLeast } from './pressureLevel.ts';

/** What gives way when memory is short. */
export interface PressureTargets {
  /** Gives up what is only kept to be faster the next time. */
  dropCaches(): void;
  /** Lets `concurrency` background jobs run at once; with a `refusal`, new ones fail with it. */
  limitBackground(concurrency: number, refusal: (() => PikaError) | null): void;
}

/** Acts on a new level: caches go first, then background work runs alone, and at last more of it is refused. */
export function easePressure(level: PressureLevel, targets: PressureTargets, backgroundConcurrency: number): void {
  if (isAtLeast(level, 'elevated')) targets.dropCaches();
  const concurrency = isAtLeast(level, 'high') ? 1 : backgroundConcurrency;
  targets.limitBackground(concurrency, isAtLeast(level, 'critical') ? memoryPressureError : null);
}

function memoryPressureError(): PikaError {
  return new PikaError('memory-pressure', 'Memory is too short to start more work in the background.', {
    hint: 'Close other programs or large results, or lower the setting pika.engine.memoryLimit, then run it again.',
  });
}
