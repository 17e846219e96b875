import { expect, test } from 'vitest';
import { exactBytes } from '#common/base/bytes';
import { latest } from '#common/base/latest';
import { PikaError } from '#common/base/pikaError';
import { Scope } from '#common/base/scope';
import { formatSpan, Tracer, type Span } from '#common/base/trace';

test('a scope disposes last first, once, and at once what comes late', () => {
  const log: string[] = [];
  const scope = new Scope();
  scope.defer(() => log.push('first'));
  scope.defer(() => log.push('second'));
  scope.dispose();
  scope.dispose();
  scope.defer(() => log.push('late'));
  expect(log).toEqual(['second', 'first', 'late']);
});

test('bytes of a view are copied to a buffer of their size, exact ones are passed on', () => {
  const whole = new Uint8Array([1, 2, 3, 4]);
  expect(exactBytes(whole)).toBe(whole);
  const part = exactBytes(whole.subarray(1, 3));
  expect([part.buffer.byteLength, ...part]).toEqual([2, 2, 3]);
  expect(exactBytes(Buffer.from([5])).constructor).toBe(Uint8Array);
});

test('only the newest run of a latest job gives its result', async () => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const job = latest(async (signal, index: number) => {
    await gates[index]?.promise;
    return { index, aborted: signal.aborted };
  });
  const first = job.run(0).catch((error: unknown) => PikaError.is(error, 'cancelled'));
  const second = job.run(1);
  gates[0]?.resolve();
  gates[1]?.resolve();
  expect(await first).toBe(true);
  expect(await second).toEqual({ index: 1, aborted: false });
});

test('a span has the time between start and end, and reads as one log line', () => {
  const spans: Span[] = [];
  const times = [5, 17.25];
  const clock = { timeOrigin: 1000, now: () => times.shift() ?? 0 };
  const end = new Tracer((span) => spans.push(span), clock).start('query', 'flights');
  end({ rows: 3 });
  expect(spans).toEqual([
    { name: 'query', subject: 'flights', startMs: 1005, durationMs: 12.25, attributes: { rows: 3 } },
  ]);
  expect(spans.map(formatSpan)).toEqual(['query flights 12.3 ms rows=3']);
});
