import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyDocument } from '#common/document/emptyDocument';
import type { PikaNode } from '#common/document/pikaDocument';
import { placeNodes } from '#common/document/placeNodes';
import type { DocumentSession } from '../../../extension/editor/documentSession.ts';
import { csv, plot, sql, table, useSessions } from '../../support/useSessions.ts';

/** Ids in the order in which they began to run. */
function watchRuns(session: DocumentSession): string[] {
  const ran: string[] = [];
  const running = new Set<string>();
  session.onDidChangeStatus(({ id, state }) => {
    if (state === 'running' && !running.has(id)) ran.push(id);
    if (state === 'running') running.add(id);
    else running.delete(id);
  });
  return ran;
}

const chain = [
  csv('trips'),
  sql('far', 'SELECT * FROM trips WHERE miles > 1'),
  sql('total', 'SELECT sum(fare) AS s FROM far'),
  sql('other', 'SELECT count(*) AS n FROM trips'),
  table('rows', 'total'),
];

describe('run modes', () => {
  const { current, start, create, startDocument, stateOf, reaches, changes } = useSessions();
  const allDone = { trips: 'done', far: 'done', total: 'done', other: 'done', rows: 'done' } as const;
  const onRequest = (...nodes: PikaNode[]) =>
    startDocument(placeNodes({ ...emptyDocument(), runMode: 'on-request' }, nodes));
  /** The engine, with the names of the calls that a session makes to it. */
  const countedEngine = (calls: string[]) =>
    new Proxy(current().engine, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...parameters: unknown[]): unknown => {
          calls.push(String(name));
          return Reflect.apply(value, target, parameters);
        };
      },
    });
  const states = (session: DocumentSession) => session.apiNodes().map(({ id, state }) => `${id} ${state}`);

  test('automatic: editing one node runs it and what depends on it, in that order, and nothing else', async () => {
    const { session } = await start(...chain);
    await reaches(session, allDone);
    const ran = watchRuns(session);
    await session.edits.apply({ type: 'sql', id: 'far', sql: 'SELECT * FROM trips WHERE miles > 5' });
    await reaches(session, { far: 'running' });
    await reaches(session, allDone);
    expect(ran.toSorted()).toEqual(['far', 'rows', 'total']);
    expect(stateOf(session, 'total')?.rowCount).toBe(1);
  });

  test.each(['automatic', 'on-request'] as const)(
    '%s: moving, noting and switching back and forth runs nothing',
    async (runMode) => {
      const { session, store } = await start(...chain, { kind: 'note', id: 'hint', text: '', extra: {} });
      await reaches(session, allDone);
      await session.edits.apply({ type: 'runMode', runMode });
      const ran = watchRuns(session);
      await session.edits.apply({ type: 'layout', layout: { far: { x: 900, y: 900, width: 300, height: 200 } } });
      await session.edits.apply({ type: 'text', id: 'hint', text: '# Moved' });
      await session.edits.apply({ type: 'runMode', runMode: 'on-request' });
      await session.edits.apply({ type: 'runMode', runMode: 'automatic' });
      await session.reconcile();
      expect([ran, stateOf(session, 'rows')?.state]).toEqual([[], 'done']);
      expect(JSON.parse(store.text)).toMatchObject({ run: 'automatic' });
    },
  );

  test('layout never runs or redraws: moving, resizing, collapsing and frames ask the engine nothing', async () => {
    const group: PikaNode = { kind: 'frame', id: 'group', title: 'Group', extra: {} };
    const calls: string[] = [];
    const engine = countedEngine(calls);
    const { session } = create(placeNodes(emptyDocument(), [...chain, group, plot('shape', 'far')]), engine);
    await session.start();
    await reaches(session, { ...allDone, shape: 'idle' });
    await session.plots.open({ id: 'shape', widthPx: 300, heightPx: 200 }, new AbortController().signal);
    expect(calls).toContain('openStream');
    await session.reconcile();
    const before = [calls.length, JSON.stringify(session.snapshot().statuses)];
    const told: string[] = [];
    session.onDidChangeStatus(({ id }) => told.push(id));
    const place = { x: 900, y: 900, width: 300, height: 200 };
    await session.edits.apply({ type: 'layout', layout: { shape: place, far: place } });
    await session.edits.apply({ type: 'layout', layout: { shape: { ...place, width: 500, height: 400 } } });
    await session.edits.apply({ type: 'layout', layout: { shape: { ...place, collapsed: true } } });
    await session.edits.apply({ type: 'title', id: 'group', title: 'Another' });
    await session.edits.apply({ type: 'color', ids: ['group'], color: 'red' });
    await session.edits.rename('group', 'frame');
    await session.reconcile();
    const statuses = session
      .snapshot()
      .statuses.map((status) => (status.kind === 'frame' ? { ...status, id: 'group' } : status));
    expect([calls.length, JSON.stringify(statuses)]).toEqual(before);
    expect(told).toEqual([]);
  });

  test('queries that do not read each other run at the same time', async () => {
    const { session } = await onRequest(...chain);
    await session.runs.run('trips');
    await reaches(session, { trips: 'done' });
    const together = new Set<string>();
    session.onDidChangeStatus(() => {
      const running = session.apiNodes().flatMap(({ id, state }) => (state === 'running' ? [id] : []));
      if (running.includes('far') && running.includes('other')) running.forEach((id) => together.add(id));
    });
    await session.runs.runAll();
    await reaches(session, allDone);
    expect(together).toContain('far');
    expect(together).toContain('other');
  });

  test('on request: opening runs nothing, and running a table runs what it needs and no more', async () => {
    const { session } = await onRequest(...chain);
    expect(states(session)).toEqual(['trips idle', 'far idle', 'total idle', 'other idle', 'rows idle']);
    await session.runs.run('rows');
    await reaches(session, { trips: 'done', far: 'done', total: 'done', rows: 'done' });
    expect(stateOf(session, 'other')?.state).toBe('idle');
  });

  test('on request: an edit marks what depends on it as stale and keeps its rows, until it is run', async () => {
    const { session } = await onRequest(...chain);
    await session.runs.runAll();
    await reaches(session, allDone);
    const ran = watchRuns(session);
    await session.edits.apply({ type: 'sql', id: 'far', sql: 'SELECT * FROM trips' });
    await reaches(session, { trips: 'done', far: 'stale', total: 'stale', other: 'done', rows: 'stale' });
    const window = { rowOffset: 0, rowCount: 1, columnOffset: 0, columnCount: 1 };
    expect((await session.runs.readRows('rows', window, new AbortController().signal)).rowCount).toBe(1);
    expect(ran).toEqual([]);
    await session.runs.run('far');
    await reaches(session, { far: 'done', total: 'stale', rows: 'stale' });
    expect([stateOf(session, 'far')?.rowCount, ran]).toEqual([3, ['far']]);
    await session.runs.runAll();
    await reaches(session, allDone);
    expect(ran.toSorted()).toEqual(['far', 'rows', 'total']);
  });

  test('on request: an edit that is taken back is not stale any more', async () => {
    const { session, store } = await onRequest(...chain);
    await session.runs.runAll();
    await reaches(session, allDone);
    const before = store.text;
    await session.edits.apply({ type: 'sql', id: 'far', sql: 'SELECT 1' });
    await reaches(session, { far: 'stale', rows: 'stale' });
    await store.write(before, 'user');
    await reaches(session, allDone);
  });

  test('on request: a changed file waits, too, and switching to automatic runs what waits', async () => {
    const { session } = await onRequest(...chain);
    await session.runs.runAll();
    await reaches(session, allDone);
    await writeFile(join(current().folder, 'trips.csv'), 'miles,fare\n1,2.5\n');
    changes.fire('trips');
    await reaches(session, { trips: 'stale', far: 'stale', total: 'stale', other: 'stale', rows: 'stale' });
    await session.edits.apply({ type: 'sql', id: 'far', sql: 'SELECT * FROM trips' });
    await session.runs.run('total');
    await reaches(session, { trips: 'done', far: 'done', total: 'done', other: 'stale' });
    await session.edits.apply({ type: 'runMode', runMode: 'automatic' });
    await reaches(session, allDone);
  });

  test('run all runs what failed and leaves what is up to date alone', async () => {
    const path = join(current().folder, 'late.csv');
    const { session } = await start(csv('late'), table('late_rows', 'late'), csv('trips'));
    await reaches(session, { late: 'failed', late_rows: 'failed', trips: 'done' });
    await writeFile(path, await readFile(join(current().folder, 'trips.csv')));
    const ran = watchRuns(session);
    await session.runs.runAll();
    await reaches(session, { late: 'done', late_rows: 'done' });
    expect(ran.toSorted()).toEqual(['late', 'late_rows']);
    await rm(path);
    await session.runs.runAll();
    await reaches(session, { late: 'failed', late_rows: 'failed', trips: 'done' });
  });

  test('a circle fails its nodes and ends when it is opened', async () => {
    const { session } = await onRequest(sql('a', 'SELECT * FROM b'), sql('b', 'SELECT * FROM A'), table('rows', 'a'));
    expect(states(session)).toEqual(['a failed', 'b failed', 'rows failed']);
    expect(stateOf(session, 'a')?.error?.code).toBe('graph-cycle');
    await session.edits.apply({ type: 'sql', id: 'b', sql: 'SELECT 1 AS one' });
    await session.runs.run('rows');
    await reaches(session, { a: 'done', b: 'done', rows: 'done' });
  });
});
