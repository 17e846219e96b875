import { expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import type { MemoryPressure, MemoryReadings, PressureLevel } from '#common/protocol/engineContract';
import { easePressure } from '../../../extension/engine/memory/easePressure.ts';
import { pressureLimits } from '../../../extension/engine/memory/pressureLevel.ts';
import { PressureMonitor } from '../../../extension/engine/memory/pressureMonitor.ts';
import { Scheduler } from '../../../extension/engine/scheduler.ts';

const MB = 1024 * 1024;
const FREE_MB: Readonly<Record<PressureLevel, number>> = { normal: 8000, elevated: 1000, high: 600, critical: 100 };
const never = new AbortController().signal;

/** A monitor whose clock and readings are the test's own. */
function bench(onChange: (pressure: MemoryPressure) => void = () => undefined) {
  const changes: PressureLevel[] = [];
  let readings: () => Promise<MemoryReadings> = () => Promise.reject(new Error('no reading'));
  let tick: (() => void) | null = null;
  const monitor = new PressureMonitor({
    probe: () => readings(),
    limits: pressureLimits(1024 * MB, 16_384 * MB),
    repeat: (action) => {
      tick = action;
      return { dispose: () => (tick = null) };
    },
    onChange: (pressure) => {
      changes.push(pressure.level);
      onChange(pressure);
    },
  });
  const set = (level: PressureLevel) => {
    const values = { residentBytes: 0, duckdbBytes: 0, bufferBytes: 0, freeBytes: FREE_MB[level] * MB };
    readings = () => Promise.resolve(values);
  };
  return {
    monitor,
    changes,
    fail: () => (readings = () => Promise.reject(new Error('no reading'))),
    wait: (pending: Promise<MemoryReadings>) => (readings = () => pending),
    tick: () => tick?.(),
    reach: async (level: PressureLevel) => {
      set(level);
      tick?.();
      await monitor.check();
    },
  };
}

/** A scheduler with four places, two of them for background work, under a monitor. */
function engineBench() {
  const scheduler = new Scheduler({ concurrency: 4, backgroundConcurrency: 2, ageingMs: 1000, now: () => 0 });
  let dropCount = 0;
  const targets = {
    dropCaches: () => {
      dropCount++;
    },
    limitBackground: scheduler.limitBackground.bind(scheduler),
  };
  const { reach } = bench(({ level }) => easePressure(level, targets, 2));
  const finish: (() => void)[] = [];
  const add = (lane: 'interactive' | 'result' | 'background' | 'idle', isContinuation = false) =>
    scheduler
      .run(() => new Promise<string>((resolve) => finish.push(() => resolve('done'))), { lane, isContinuation }, never)
      .catch((error: unknown) => (PikaError.is(error) ? error.code : 'unexpected'));
  const finishOne = async () => {
    finish.shift()?.();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { scheduler, reach, add, finishOne, drops: () => dropCount };
}

test('reports each change of the level once', async () => {
  const { monitor, changes, reach } = bench();
  for (const level of ['normal', 'elevated', 'elevated', 'critical', 'critical', 'high', 'normal', 'normal'] as const) {
    await reach(level);
  }
  expect([changes, monitor.level]).toEqual([['elevated', 'critical', 'high', 'normal'], 'normal']);
});

test('keeps the level while readings cannot be taken', async () => {
  const { monitor, changes, reach, fail } = bench();
  await reach('high');
  fail();
  await monitor.check();
  expect([changes, monitor.level]).toEqual([['high'], 'high']);
});

test('takes one reading at a time, however long it takes, and drops one that comes too late', async () => {
  const { monitor, changes, wait, tick } = bench();

  let resolve: (readings: MemoryReadings) => void = () => undefined;
  wait(new Promise((settle) => (resolve = settle)));
  const checks = [1, 2, 3].map(() => {
    tick();
    return monitor.check();
  });
  expect(new Set(checks).size).toBe(1);
  monitor.dispose();
  resolve({ residentBytes: 0, duckdbBytes: 0, bufferBytes: 0, freeBytes: 0 });
  await checks[0];
  expect([changes, monitor.level]).toEqual([[], 'normal']);
});

test('drops caches from the first level on', async () => {
  const { reach, drops } = engineBench();
  const counts: number[] = [];
  for (const level of ['elevated', 'high', 'critical', 'normal'] as const) {
    await reach(level);
    counts.push(drops());
  }
  expect(counts).toEqual([1, 2, 3, 3]);
});

test('lets background work run alone under high pressure, and together again after it', async () => {
  const { scheduler, reach, add, finishOne } = engineBench();
  await reach('high');
  for (const lane of ['background', 'idle', 'background'] as const) void add(lane);
  for (const lane of ['interactive', 'result'] as const) void add(lane);
  const under = [scheduler.runningCount, scheduler.queuedCount];
  await finishOne();
  const next = [scheduler.runningCount, scheduler.queuedCount];
  await reach('normal');
  expect([under, next, [scheduler.runningCount, scheduler.queuedCount]]).toEqual([
    [3, 2],
    [3, 1],
    [4, 0],
  ]);
});

test('refuses new background work under critical pressure, and nothing else', async () => {
  const { scheduler, reach, add, finishOne } = engineBench();
  const before = [add('background'), add('background'), add('background')];
  await reach('critical');
  const refused = await Promise.all([add('background'), add('idle')]);
  const others = [add('interactive'), add('result'), add('background', true)];
  while (scheduler.runningCount > 0) await finishOne();
  expect([refused, await Promise.all(before), await Promise.all(others)]).toEqual([
    ['memory-pressure', 'memory-pressure'],
    ['done', 'done', 'done'],
    ['done', 'done', 'done'],
  ]);
  await reach('elevated');
  const after = add('background');
  await finishOne();
  expect(await after).toBe('done');
});
