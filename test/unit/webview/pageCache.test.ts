import { expect, test } from 'vitest';
import { PageCache } from '../../../webview/table/pageCache.ts';

/** Reads pages of so many bytes in turn, and tells which of them had to be loaded. */
async function loads(reads: readonly (readonly [key: string, generation: number])[], maxBytes = 100) {
  const cache = new PageCache(maxBytes);
  const loaded: string[] = [];
  for (const [key, generation] of reads) {
    const page = await cache.read(key, generation, () => {
      loaded.push(`${key}${generation}`);
      return Promise.resolve({ ipc: new Uint8Array(40), rowCount: 1, generation });
    });
    expect(page.generation).toBe(generation);
  }
  return loaded;
}

test('a page is read once for each run of its table', async () => {
  expect(
    await loads([
      ['a', 1],
      ['a', 1],
      ['a', 2],
      ['a', 2],
    ]),
  ).toEqual(['a1', 'a2']);
});

test('the pages seen last are kept', async () => {
  const reads = [
    ['a', 1],
    ['b', 1],
    ['a', 1],
    ['c', 1],
    ['a', 1],
    ['b', 1],
  ] as const;
  expect(await loads(reads)).toEqual(['a1', 'b1', 'c1', 'b1']);
});

test('a page that is too large for all of them is given and not kept', async () => {
  expect(
    await loads(
      [
        ['a', 1],
        ['a', 1],
      ],
      39,
    ),
  ).toEqual(['a1', 'a1']);
});

test('an answer of another run is given and not kept', async () => {
  const cache = new PageCache();
  const late = { ipc: new Uint8Array(1), rowCount: 1, generation: 1 };
  expect(await cache.read('a', 2, () => Promise.resolve(late))).toBe(late);
  const now = { ...late, generation: 2 };
  expect(await cache.read('a', 2, () => Promise.resolve(now))).toBe(now);
});
