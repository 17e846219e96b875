import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ByteStream } from '../../../extension/host/byteStream.ts';

const RUNS = [[1, 2, 3, 4, 5], [6], [7, 8, 9], [], [10, 11]].map((bytes) => Uint8Array.from(bytes));
const BYTES = RUNS.flatMap((run) => [...run]);

/** All runs, asked for one after the other, of bytes that arrive in parts of a size; those before `asked` arrive unasked. */
function cut(partLength: number, asked: number): readonly Uint8Array[] {
  const stream = new PassThrough();
  const taken: Uint8Array[] = [];
  const wanted = [...RUNS];
  const takeAll = () => {
    for (let run = wanted[0]; run; run = wanted[0]) {
      const bytes = byteStream.take(run.byteLength);
      if (!bytes) return;
      taken.push(bytes);
      wanted.shift();
    }
  };
  const byteStream = new ByteStream(stream, takeAll);
  for (let at = 0; at < BYTES.length; at += partLength) {
    if (at >= asked) takeAll();
    stream.emit('data', Uint8Array.from(BYTES.slice(at, at + partLength)));
  }
  takeAll();
  return taken;
}

test.each([1, 2, 3, 4, 7, 11])('cuts runs out of parts of %d bytes, asked for before or after they arrive', (size) => {
  for (let asked = 0; asked <= BYTES.length; asked++) expect(cut(size, asked)).toEqual(RUNS);
});

test('each run has memory of its own', () => {
  const stream = new PassThrough();
  const byteStream = new ByteStream(stream, () => undefined);
  stream.emit('data', Uint8Array.from([1, 2, 3]));
  expect(byteStream.take(2)?.buffer.byteLength).toBe(2);
});
