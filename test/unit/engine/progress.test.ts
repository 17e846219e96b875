import type { DuckDBConnection } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reportBytes, watchProgress } from '../../../extension/engine/database/progress.ts';

const SECOND_MS = 1000;
const fractions: number[] = [];
const report = ({ fraction }: { fraction: number }) => void fractions.push(fraction);

beforeEach(() => {
  vi.useFakeTimers();
  fractions.length = 0;
});
afterEach(() => vi.useRealTimers());

test('a statement tells how far it is at most ten times a second, and only when it has got further', () => {
  const progress = { percentage: -1 };
  const watching = watchProgress({ progress } as unknown as DuckDBConnection, report);
  vi.advanceTimersByTime(SECOND_MS);
  expect(fractions).toEqual([]);
  for (let ms = 0; ms < SECOND_MS; ms++) {
    progress.percentage = ms / 20;
    vi.advanceTimersByTime(1);
  }
  expect([fractions.length, fractions.at(-1)]).toEqual([10, 999 / 20 / 100]);
  vi.advanceTimersByTime(SECOND_MS);
  progress.percentage = 10;
  vi.advanceTimersByTime(SECOND_MS);
  expect(fractions.length).toBe(10);
  watching.dispose();
  progress.percentage = 100;
  vi.advanceTimersByTime(SECOND_MS);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.length).toBe(10);
});

test('reading a file tells how far it is at most ten times a second, and never more than all of it', () => {
  const read = reportBytes(2 * SECOND_MS, report);
  for (let ms = 0; ms < 2 * SECOND_MS; ms++) {
    vi.advanceTimersByTime(1);
    read(2);
  }
  expect(fractions.length).toBe(20);
  expect([fractions[9], fractions.at(-1)]).toEqual([1, 1]);
});
