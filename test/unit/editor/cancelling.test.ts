import { expect, test } from 'vitest';
import type { DocumentSession } from '../../../extension/editor/documentSession.ts';
import { plot, sql, table, useSessions } from '../../support/useSessions.ts';

const LONG = 'SELECT count(*) AS n FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 3';
const { current, start, stateOf, reaches } = useSessions();

const runningCount = async () => (await current().engine.stats()).runningCount;
const outcomes = (session: DocumentSession) =>
  Object.fromEntries(session.apiNodes().map(({ id, state, error }) => [id, error?.code ?? state]));

/** A query without end with a table and a plot of it, each of which the engine works on. */
async function startLong(): Promise<DocumentSession> {
  const { session } = await start(sql('long', LONG), table('rows', 'long'), plot('shape', 'long'));
  await reaches(session, { long: 'running', rows: 'running', shape: 'running' });
  await expect.poll(runningCount).toBe(3);
  return session;
}

test('a query that is cancelled stops with its table and plot, which read it only when it runs again', async () => {
  const session = await startLong();
  session.runs.cancel('long');
  const cancelled = { long: 'cancelled', rows: 'cancelled', shape: 'cancelled' };
  expect(outcomes(session)).toEqual(cancelled);
  await expect.poll(runningCount).toBe(0);
  await session.edits.apply({ type: 'layout', layout: { long: { x: 900, y: 900, width: 300, height: 200 } } });
  await session.reconcile();
  expect([outcomes(session), await runningCount()]).toEqual([cancelled, 0]);
  await session.edits.apply({ type: 'add', nodes: [table('more', 'long')], layout: {} });
  await session.reconcile();
  expect(stateOf(session, 'more')?.error?.code).toBe('query-failed');
  await session.runs.run('rows');
  await reaches(session, { long: 'running', rows: 'running', shape: 'running' });
  session.runs.cancelAll();
  await expect.poll(runningCount).toBe(0);
});

test.each(['rows', 'shape'])('%s alone is cancelled, and its query goes on', async (id) => {
  const session = await startLong();
  session.runs.cancel(id);
  expect(outcomes(session)).toEqual({ long: 'running', rows: 'running', shape: 'running', [id]: 'cancelled' });
  await expect.poll(runningCount).toBe(2);
});

test('a plot that is removed while Pika chooses it is not worked out', async () => {
  const session = await startLong();
  await session.edits.remove(['shape']);
  await session.reconcile();
  await expect.poll(runningCount).toBe(2);
});
