import type { BenchEngine } from './benchEngine.ts';
import type { Reference } from './reference.ts';
import { milliseconds, times, type ReportRow } from './report.ts';
import { interleaved, ratios, timed } from './timing.ts';

const ROUNDS = 5;
const QUERIES = Array.from(
  { length: 8 },
  (_, i) => `SELECT count(*), sum(hash(range + ${i}) % 1000) FROM range(${i}, 30000000)`,
);

/** Eight queries at once, beside DuckDB with eight connections, and what the pointer waits meanwhile. */
export async function measureConcurrency(engine: BenchEngine, reference: Reference): Promise<readonly ReportRow[]> {
  const waits: number[] = [];
  const rounds = await interleaved(ROUNDS, {
    own: () => timed(() => Promise.all(QUERIES.map((sql) => engine.query(sql)))),
    reference: () => reference.run(...QUERIES),
    waiting: async () => {
      const busy = Promise.all(QUERIES.map((sql) => engine.query(sql, 'background')));
      waits.push(await timed(() => engine.query('SELECT count(*) FROM range(1000)', 'interactive')));
      await busy;
      return 0;
    },
    waitingBehindResults: async () => {
      const busy = Promise.all(QUERIES.map((sql) => engine.query(sql)));
      const wait = await timed(() => engine.query('SELECT count(*) FROM range(1000)', 'interactive'));
      await busy;
      return wait;
    },
  });
  return [
    [
      '8 queries at once, beside 8 connections',
      milliseconds(rounds.own),
      milliseconds(rounds.reference),
      times(ratios(rounds.own, rounds.reference)),
      '≤ 1.15 ×',
    ],
    ['an interactive query behind 8 background queries', milliseconds(waits), '', '', '≤ 100 ms'],
    ['an interactive query behind 8 result queries', milliseconds(rounds.waitingBehindResults), '', '', '≤ 100 ms'],
  ];
}
