import { expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import type { Lane } from '#common/protocol/engineContract';
import { Scheduler, type JobPlace } from '../../../extension/engine/scheduler.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const never = new AbortController().signal;
const LANES: readonly [Lane, ...Lane[]] = ['interactive', 'result', 'background', 'idle'];

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

test('whatever is written has one writer at a time, the most urgent first; others pass those that wait for it', async () => {
  const { add, started, finishOne } = bench({ concurrency: 3, backgroundConcurrency: 2 });
  const job = (name: string, lane: Lane, writes?: string) => void add(name, { lane, writes });
  job('first of a', 'background', 'a');
  job('second of a', 'background', 'a');
  job('urgent of a', 'result', 'a');
  job('first of b', 'background', 'b');
  job('reader', 'result');
  job('late reader', 'result');
  expect(started).toEqual(['first of a', 'first of b', 'reader']);
  for (let ended = 0; ended < 4; ended++) await finishOne();
  expect(started.slice(3)).toEqual(['urgent of a', 'late reader', 'second of a']);
});

test('a writer that has waited long passes more urgent ones that came later', async () => {
  const { clock, add, started, finishAll } = bench({ concurrency: 2, backgroundConcurrency: 2 });
  void add('first', { lane: 'result', writes: 'a' });
  void add('old', { lane: 'background', writes: 'a' });
  clock.nowMs = 2500;
  for (const name of ['new 1', 'new 2']) void add(name, { lane: 'result', writes: 'a' });
  await finishAll();
  expect(started).toEqual(['first', 'old', 'new 1', 'new 2']);
});

test('a writer that is cancelled leaves its place to the next one only when it has ended; one that waits just goes', async () => {
  const { scheduler, add, started } = bench({ concurrency: 3 });
  const [running, waiting] = [new AbortController(), new AbortController()];
  const ending = Promise.withResolvers<string>();
  const first = scheduler.run(() => ending.promise, { lane: 'result', writes: 'a' }, running.signal);
  const second = add('second', { lane: 'result', writes: 'a' }, waiting.signal).catch(nameOf);
  void add('third', { lane: 'result', writes: 'a' });
  running.abort();
  waiting.abort();
  await settle();
  expect([await second, started, scheduler.queuedCount]).toEqual(['cancelled', [], 1]);
  ending.resolve('ended');
  expect(await first).toBe('ended');
  await settle();
  expect([started, scheduler.queuedCount]).toEqual([['third'], 0]);
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

test('settles each of ten thousand jobs once, starves none, and never lets two write the same', async () => {
  const random = seededRandom(7);
  const { scheduler, clock, add, finishOne } = bench({ concurrency: 3, backgroundConcurrency: 2, ageingMs: 50 });
  const anyOf = <T>(values: readonly [T, ...T[]]): T => values[Math.floor(random() * values.length)] ?? values[0];
  const controllers: AbortController[] = [];
  const writing: string[] = [];
  let mostAtOnce = 0;
  const write = (target: string) => async () => {
    writing.push(target);
    mostAtOnce = Math.max(mostAtOnce, writing.filter((each) => each === target).length);
    await Promise.resolve();
    writing.splice(writing.indexOf(target), 1);
    return target;
  };
  const outcomes = Array.from({ length: 10_000 }, (_, i) => {
    const controller = new AbortController();
    controllers.push(controller);
    const lane = anyOf(LANES);
    const writes = anyOf([undefined, 'a', 'b', 'c']);
    const job =
      writes === undefined
        ? add(String(i), { lane }, controller.signal)
        : scheduler.run(write(writes), { lane, writes }, controller.signal);
    return job.then(
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
  const abortedCount = controllers.filter(({ signal }) => signal.aborted).length;
  expect([settled.length, cancelledCount, mostAtOnce]).toEqual([10_000, abortedCount, 1]);
});
