import { expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import type { Lane } from '#common/protocol/engineContract';
import { Scheduler, type JobPlace } from '../../../extension/engine/scheduler.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const never = new AbortController().signal;
const LANES: readonly Lane[] = ['interactive', 'result', 'background', 'idle'];

/** A scheduler whose jobs end when the test says so, and a clock that stands still until it is set. */
function bench({ concurrency = 1, backgroundConcurrency = 1, interactiveReserve = 0, ageingMs = 1000 } = {}) {
  const clock = { nowMs: 0 };
  const places = { concurrency, backgroundConcurrency, interactiveReserve };
  const scheduler = new Scheduler({ ...places, ageingMs, now: () => clock.nowMs });
  const started: string[] = [];
  const running: (() => void)[] = [];
  const add = (name: string, place: JobPlace, signal = never) => {
    const work = (own: AbortSignal) =>
      new Promise<string>((resolve, reject) => {
        started.push(name);
        running.push(() => resolve(name));
        own.addEventListener('abort', () => reject(new Error(`${name} was interrupted`)));
      });
    return scheduler.run(work, place, signal);
  };
  const finishOne = async () => {
    running.shift()?.();
    await settle();
  };
  const finishAll = async () => {
    while (running.length > 0) await finishOne();
  };
  return { scheduler, started, clock, add, finishOne, finishAll };
}

/** A code of ours, or what the job said of its interruption. */
function nameOf(error: unknown): string {
  return PikaError.is(error) ? error.code : String(error);
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

function check(name: string, jobs: readonly (readonly [string, Lane, number?])[], expected: readonly string[]): void {
  test(name, async () => {
    const { clock, add, started, finishAll } = bench();
    for (const [job, lane, queuedMs = 0] of jobs) {
      clock.nowMs = queuedMs;
      void add(job, { lane });
    }
    await finishAll();
    expect(started).toEqual(expected);
  });
}

check(
  'starts the most urgent lane first, in order of arrival inside a lane',
  [
    ['first', 'idle'],
    ['idle', 'idle'],
    ['background', 'background'],
    ['result 1', 'result'],
    ['result 2', 'result'],
    ['interactive', 'interactive'],
  ],
  ['first', 'interactive', 'result 1', 'result 2', 'background', 'idle'],
);
check(
  'lets a job that has waited long pass more urgent ones that came later',
  [
    ['first', 'result'],
    ['old background', 'background'],
    ['new result', 'result', 2500],
    ['new interactive', 'interactive', 2500],
  ],
  ['first', 'new interactive', 'old background', 'new result'],
);

test('keeps a place free of background work', async () => {
  const { add, started, finishOne } = bench({ concurrency: 2, backgroundConcurrency: 1 });
  for (const name of ['import', 'profile']) void add(name, { lane: 'background' });
  void add('pointer', { lane: 'interactive' });
  expect(started).toEqual(['import', 'pointer']);
  await finishOne();
  expect(started).toEqual(['import', 'pointer', 'profile']);
});

test('keeps a place free for a pointer while results run, also for the pointer alone', async () => {
  const { add, started, finishAll } = bench({ concurrency: 3, interactiveReserve: 1 });
  for (const name of ['first', 'second', 'third']) void add(name, { lane: 'result' });
  void add('pointer', { lane: 'interactive' });
  void add('other pointer', { lane: 'interactive' });
  await settle();
  expect(started).toEqual(['first', 'second', 'pointer']);
  await finishAll();
  expect(started).toEqual(['first', 'second', 'pointer', 'other pointer', 'third']);
});

test('drops a cancelled job that waits and interrupts one that runs, whose place is free only when it has ended', async () => {
  const { scheduler, add, started } = bench();
  const first = new AbortController();
  const second = new AbortController();
  const outcomes = [
    add('running', { lane: 'result' }, first.signal).catch(nameOf),
    add('waiting', { lane: 'result' }, second.signal).catch(nameOf),
  ];
  void add('next', { lane: 'result' });
  second.abort();
  first.abort();
  expect(await Promise.all(outcomes)).toEqual(['Error: running was interrupted', 'cancelled']);
  await settle();
  expect([started, scheduler.runningCount, scheduler.queuedCount]).toEqual([['running', 'next'], 1, 0]);
});

test('starts nothing for a signal that has already aborted', async () => {
  const { add, started } = bench();
  await expect(add('late', { lane: 'result' }, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  expect(started).toEqual([]);
});

test('keeps only the newest job of a key', async () => {
  const { add, finishAll, started } = bench();
  const outcomes = [1, 2, 3].map((turn) => add(`zoom ${turn}`, { lane: 'interactive', key: 'plot' }).catch(nameOf));
  await settle();
  await finishAll();
  expect([await Promise.all(outcomes), started]).toEqual([
    ['Error: zoom 1 was interrupted', 'cancelled', 'zoom 3'],
    ['zoom 1', 'zoom 3'],
  ]);
});

test('settles each of ten thousand jobs once, and starves none', async () => {
  const random = seededRandom(7);
  const { scheduler, clock, add, finishOne } = bench({ concurrency: 3, backgroundConcurrency: 2, ageingMs: 50 });
  const controllers: AbortController[] = [];
  const outcomes = Array.from({ length: 10_000 }, (_, i) => {
    const controller = new AbortController();
    controllers.push(controller);
    const lane = LANES[Math.floor(random() * LANES.length)] ?? 'idle';
    return add(String(i), { lane }, controller.signal).then(
      () => 'done',
      () => 'cancelled',
    );
  });
  for (const controller of controllers) if (random() < 0.2) controller.abort();
  while (scheduler.runningCount + scheduler.queuedCount > 0) {
    clock.nowMs++;
    await finishOne();
  }
  const settled = await Promise.all(outcomes);
  const cancelledCount = settled.filter((outcome) => outcome === 'cancelled').length;
  expect([settled.length, cancelledCount]).toEqual([10_000, controllers.filter(({ signal }) => signal.aborted).length]);
});
