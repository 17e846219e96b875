import { expect, test } from 'vitest';
import { chromeTrace } from '#common/base/chromeTrace';
import { withQuery, type PastQuery } from '#common/sql/queryHistory';
import type { QueryPlan } from '#common/sql/queryPlan';
import { planRows } from '../../../webview/canvas/planRows.ts';
import { parameterFields, parameterOf, withParameter } from '../../../webview/canvas/queryParameters.ts';

test('the history keeps each query once, the newest first, and no more than it may', () => {
  const add = (history: readonly PastQuery[], sql: string, atMs: number) => withQuery(history, { sql, atMs });
  const two = add(add([], 'SELECT 1', 1), ' SELECT 2\n', 2);
  expect(add(two, 'SELECT 1', 3)).toEqual([
    { sql: 'SELECT 1', atMs: 3 },
    { sql: 'SELECT 2', atMs: 2 },
  ]);
  expect(add(two, '  ', 3)).toBe(two);
  const many = Array.from({ length: 300 }).reduce<readonly PastQuery[]>((all, _, i) => add(all, `SELECT ${i}`, i), []);
  expect([many.length, many[0]?.sql]).toEqual([200, 'SELECT 299']);
});

test('a plan is drawn with shares of the time, and says where an estimate was far off', () => {
  const scan = { name: 'SEQ_SCAN', facts: [], rowCount: 1000, estimatedRowCount: 5, timeMs: 3, children: [] };
  const plan: QueryPlan = {
    elapsedMs: 5,
    root: { name: 'HASH_GROUP_BY', facts: [], rowCount: 9, estimatedRowCount: 10, timeMs: 1, children: [scan] },
  };
  expect(planRows(plan).map(({ name, depth, share, estimate }) => [name, depth, share, estimate])).toEqual([
    ['hash group by', 0, 0.25, ''],
    ['seq scan', 1, 0.75, 'expected 5 rows'],
  ]);
});

test('parameters have a field each, by the text; those it no longer names are dropped with the next change', () => {
  const sql = 'SELECT $a WHERE x IN $b';
  const parameters = withParameter(sql, { old: { type: 'text', value: 'x' } }, 'b', parameterOf('list', 'p, q,'));
  expect(parameters).toEqual({ b: { type: 'list', value: ['p', 'q'] } });
  expect(parameterFields(sql, parameters)).toEqual([
    { name: 'a', type: 'text', text: '', problem: 'Give it a value.' },
    { name: 'b', type: 'list', text: 'p, q', problem: null },
  ]);
});

test('a trace has a row for each subject and microseconds', () => {
  const span = { name: 'query', subject: 'flights', startMs: 1000.5, durationMs: 2, attributes: { rows: 3 } } as const;
  expect(chromeTrace([span])).toEqual({
    displayTimeUnit: 'ms',
    traceEvents: [
      { ph: 'M', name: 'thread_name', pid: 1, tid: 1, args: { name: 'flights' } },
      { ph: 'X', name: 'query', cat: 'query', pid: 1, tid: 1, ts: 1_000_500, dur: 2000, args: { rows: 3 } },
    ],
  });
});
