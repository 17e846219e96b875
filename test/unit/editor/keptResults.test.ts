import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { FIRST_ROWS, PAGE_COLUMNS } from '#common/base/limits';
import { emptyDocument } from '#common/document/emptyDocument';
import type { PikaDocument, PikaNode } from '#common/document/pikaDocument';
import { placeNodes } from '#common/document/placeNodes';
import type { NodeStatus } from '#common/protocol/webviewContract';
import type { DocumentSession } from '../../../extension/editor/documentSession.ts';
import { ResultStore } from '../../../extension/editor/kept/resultStore.ts';
import { csv, sql, table, useSessions } from '../../support/useSessions.ts';

const FIRST_PAGE = { rowOffset: 0, rowCount: FIRST_ROWS, columnOffset: 0, columnCount: PAGE_COLUMNS };
const SIZE = { widthPx: 400, heightPx: 300 };
const SPEC = { mark: 'bar', x: { field: 'miles', bin: true }, y: { aggregate: 'count' } } as const;

const chain: readonly PikaNode[] = [
  csv('trips'),
  sql('far', 'SELECT * FROM trips WHERE miles > 1'),
  table('rows', 'far'),
  { kind: 'plot', id: 'shape', data: 'far', spec: SPEC, extra: {} },
];

describe('results of the last time', () => {
  const { current, create, absentEngine, reaches } = useSessions();
  const onRequest = (nodes = chain) => placeNodes({ ...emptyDocument(), runMode: 'on-request' }, nodes);

  /** Opens a document, runs all of it, draws its plot, and closes it. */
  async function useAndClose(document: PikaDocument) {
    const { session } = create(document);
    await session.start();
    await session.runs.runAll();
    const ids = document.nodes.filter(({ kind }) => kind !== 'plot').map(({ id }) => id);
    await reaches(session, Object.fromEntries(ids.map((id) => [id, 'done' as const])));
    const seen = await whatIsSeen(session);
    session.dispose();
    await current().results.settle();
    return seen;
  }

  /** The document opened again, with an engine that cannot start. */
  async function reopen(document: PikaDocument) {
    const starts: unknown[] = [];
    const { session, store } = create(
      document,
      absentEngine(() => starts.push('start')),
    );
    await session.start();
    return { session, store, starts };
  }

  test('are there before anything runs, and on request nothing runs at all', async () => {
    const document = onRequest();
    const before = await useAndClose(document);
    const { session, store, starts } = await reopen(document);
    const text = store.text;
    expect(await whatIsSeen(session)).toEqual(before);
    expect(before.rows).toEqual(['2,5.0', '10,20.0']);
    await session.reconcile();
    expect(states(session)).toEqual({ trips: 'done', far: 'done', rows: 'done', shape: 'done' });
    expect(session.snapshot().edges).toEqual([
      { from: 'trips', to: 'far' },
      { from: 'far', to: 'rows' },
      { from: 'far', to: 'shape' },
    ]);
    expect([starts, store.text]).toEqual([[], text]);
  });

  test('are out of date, and still shown, when the file has another time', async () => {
    const document = onRequest();
    const before = await useAndClose(document);
    await utimes(join(current().folder, 'trips.csv'), 1, 1);
    const { session, starts } = await reopen(document);
    await session.reconcile();
    expect(states(session)).toEqual({ trips: 'stale', far: 'stale', rows: 'stale', shape: 'stale' });
    expect((await whatIsSeen(session)).rows).toEqual(before.rows);
    expect(starts).toEqual([]);
  });

  test('are out of date where the SQL is another one, and its plot of another kind is not shown', async () => {
    await useAndClose(onRequest());
    const changed = onRequest([
      csv('trips'),
      sql('far', 'SELECT * FROM trips'),
      table('rows', 'far'),
      { kind: 'plot', id: 'shape', data: 'far', spec: { ...SPEC, x: { field: 'fare', bin: true } }, extra: {} },
    ]);
    const { session } = await reopen(changed);
    expect(states(session)).toEqual({ trips: 'done', far: 'stale', rows: 'stale', shape: 'idle' });
  });

  test('are out of date when another DuckDB made them, when a file joined a glob, and when SQL reads files itself', async () => {
    const parts = onRequest([csv('trips', ['*.csv']), table('rows', 'trips'), sql('own', `FROM 'trips.csv'`)]);
    await useAndClose(parts);
    expect(states((await reopen(parts)).session)).toEqual({ trips: 'done', rows: 'done', own: 'stale' });
    await writeFile(join(current().folder, 'more.csv'), 'miles,fare\n3,4\n');
    expect(states((await reopen(parts)).session)).toEqual({ trips: 'stale', rows: 'stale', own: 'stale' });
    await useAndClose(parts);
    const { folder, results } = current();
    current().results = new ResultStore({ folder: join(folder, 'results'), maxBytes: () => 1e9, madeBy: 'another' });
    expect(states((await reopen(parts)).session)).toEqual({ trips: 'stale', rows: 'stale', own: 'stale' });
    current().results = results;
  });

  test('stay on the screen until the true ones replace them', async () => {
    const document = placeNodes(emptyDocument(), chain);
    await useAndClose(document);
    await writeFile(join(current().folder, 'trips.csv'), 'miles,fare\n7,1\n8,2\n9,3\n');
    const { session } = create(document);
    const seen: NodeStatus[] = [];
    session.onDidChangeStatus((status) => {
      if (status.id === 'rows') seen.push(status);
    });
    await session.start();
    await reaches(session, { trips: 'done', far: 'done', rows: 'done' });
    expect(seen.every(({ columns }) => columns?.length === 2)).toBe(true);
    const isFirst = ({ generation }: NodeStatus) => generation === 1;
    expect(seen.filter(isFirst).every(({ isKept, rowCount }) => isKept && rowCount === 2)).toBe(true);
    expect(seen.some(isFirst)).toBe(true);
    expect((await whatIsSeen(session)).rows).toEqual(['7,1', '8,2', '9,3']);
  });

  test('are shown in Restricted Mode as out of date: no file is looked at and nothing runs', async () => {
    const document = onRequest();
    const before = await useAndClose(document);
    current().isTrusted = false;
    const { session, starts } = await reopen(document);
    await session.reconcile();
    expect(states(session)).toEqual({ trips: 'stale', far: 'stale', rows: 'stale', shape: 'stale' });
    expect((await whatIsSeen(session)).rows).toEqual(before.rows);
    expect(session.snapshot().edges).toHaveLength(3);
    await expect(session.runs.run('far')).rejects.toMatchObject({ code: 'untrusted' });
    expect(starts).toEqual([]);
  });

  test('an edit makes them stale, taking it back fresh, and running replaces them', async () => {
    const document = onRequest();
    await useAndClose(document);
    const { session, store } = create(document);
    await session.start();
    const text = store.text;
    await session.edits.apply({ type: 'sql', id: 'far', sql: 'SELECT * FROM trips' });
    await reaches(session, { trips: 'done', far: 'stale', rows: 'stale', shape: 'stale' });
    await store.write(text, 'user');
    await reaches(session, { far: 'done', rows: 'done', shape: 'done' });
    await session.edits.apply({ type: 'sql', id: 'far', sql: 'SELECT * FROM trips' });
    await session.runs.run('rows');
    await reaches(session, { trips: 'done', far: 'done', rows: 'done' });
    expect((await whatIsSeen(session)).rows).toEqual(['1,2.5', '2,5.0', '10,20.0']);
  });

  test.each([
    ['an index that is no JSON', 'index.json', '{"version":1,'],
    ['an index of another form', 'index.json', '{"version":1,"madeBy":"test","nodes":[],"inspections":{}}'],
    ['bytes that were cut off', '.bin', ''],
  ])('%s is taken for nothing kept', async (_name, file, content) => {
    const document = onRequest();
    await useAndClose(document);
    for (const path of await filesIn(join(current().folder, 'results')))
      if (path.endsWith(file)) await writeFile(path, content);
    const { session } = await reopen(document);
    await session.runs.readRows('rows', FIRST_PAGE, new AbortController().signal).catch(() => undefined);
    await session.plots.open({ id: 'shape', ...SIZE }, new AbortController().signal).catch(() => undefined);
    expect(session.snapshot().statuses.find(({ id }) => id === 'shape')).toMatchObject({
      state: 'idle',
      isKept: false,
    });
  });

  test('are gone with the cache, and the document that was used last stays when room is short', async () => {
    const { folder } = current();
    const store = new ResultStore({ folder: join(folder, 'kept'), maxBytes: () => 1500, madeBy: 'test' });
    for (const uri of ['first', 'second', 'third']) {
      await store.writeBytes(uri, [new Uint8Array(600)]);
      await store.writeIndex(uri, { version: 1, madeBy: 'test', nodes: {}, inspections: {} });
      await utimes((await filesIn(join(folder, 'kept'))).find((path) => path.endsWith('index.json')) ?? '', 1, 1);
    }
    expect(await store.readIndex('third')).not.toBeNull();
    expect((await readdir(join(folder, 'kept'))).length).toBeLessThan(3);
    expect(await store.clear()).toBeGreaterThan(600);
    expect(await store.readIndex('third')).toBeNull();
    await rm(join(folder, 'kept'), { recursive: true, force: true });
  });
});

function states(session: DocumentSession): Record<string, string> {
  return Object.fromEntries(session.snapshot().statuses.map(({ id, state }) => [id, state]));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Everything that a page shows of a session: figures of nodes, rows of the table, data of the plot. */
async function whatIsSeen(session: DocumentSession) {
  const { signal } = new AbortController();
  const { ipc } = await session.runs.readRows('rows', FIRST_PAGE, signal);
  const rows = tableFromIPC(ipc)
    .toArray()
    .map((row) => Object.values(row as object).join(','));
  const plot = session.document.nodes.some(({ kind }) => kind === 'plot') ? await drawPlot(session) : null;
  const figures = session
    .snapshot()
    .statuses.map(({ id, rowCount, columns, elapsedMs, source }) => ({ id, rowCount, columns, elapsedMs, source }));
  return { rows, plot, figures };
}

async function drawPlot(session: DocumentSession) {
  const { header, generation } = await session.plots.open({ id: 'shape', ...SIZE }, new AbortController().signal);
  const batches: string[] = [];
  for (;;) {
    const ipc = await session.plots.streams.next(header.streamId);
    if (!ipc) break;
    batches.push(JSON.stringify(tableFromIPC(ipc).toArray()));
  }
  const drawn = { renderer: 'cpu', fidelity: header.fidelity, countedRows: header.drawableCount } as const;
  session.plotDrawn({ nodeId: 'shape', generation, ...drawn });
  return { ...header, streamId: '', batches };
}
