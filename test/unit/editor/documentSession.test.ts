import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { REJECTED_ROWS, type SourceNode } from '#common/document/pikaDocument';
import { csv, plot, sql, table, useSessions } from '../../support/useSessions.ts';

describe('a session', () => {
  const { current, start, stateOf, reaches, changes } = useSessions();

  test('opens a source, counts it and reads its table', async () => {
    const { session } = await start(csv('trips'), table('rows', 'trips'));
    await reaches(session, { trips: 'done', rows: 'done' });
    expect(session.apiNodes().map(({ id, rowCount }) => [id, rowCount])).toEqual([
      ['trips', 3],
      ['rows', 3],
    ]);
    const window = { rowOffset: 1, rowCount: 1, columnOffset: 0, columnCount: 2 };
    const page = await session.runs.readRows('rows', window, new AbortController().signal);
    expect(tableFromIPC(page.ipc).get(0)?.toJSON()).toEqual({ miles: '2', fare: '5.0' });
  });

  test('runs queries in order of dependence, whatever the order of the nodes', async () => {
    const { session } = await start(
      sql('total', 'SELECT sum(fare) AS s FROM far'),
      sql('far', 'SELECT * FROM trips WHERE miles > 1'),
      csv('trips'),
    );
    await reaches(session, { total: 'done', far: 'done', trips: 'done' });
    expect(stateOf(session, 'far')?.rowCount).toBe(2);
    expect(session.snapshot().edges).toEqual([
      { from: 'far', to: 'total' },
      { from: 'trips', to: 'far' },
    ]);
  });

  test('an edit of one query runs it again, and moving a node runs nothing', async () => {
    const { session } = await start(csv('trips'), sql('far', 'SELECT * FROM trips WHERE miles > 1'));
    await reaches(session, { trips: 'done', far: 'done' });
    const ran: string[] = [];
    session.onDidChangeStatus(({ id }) => ran.push(id));
    await session.edits.apply({ type: 'layout', layout: { far: { x: 900, y: 900, width: 300, height: 200 } } });
    await session.reconcile();
    expect(ran).toEqual([]);
    await session.edits.apply({ type: 'sql', id: 'far', sql: 'SELECT * FROM trips WHERE miles > 5' });
    await reaches(session, { far: 'running' });
    await reaches(session, { far: 'done' });
    expect(stateOf(session, 'far')?.rowCount).toBe(1);
    expect(new Set(ran)).toEqual(new Set(['far']));
  });

  test('edits asked for at the same time are applied one after another', async () => {
    const { session, store } = await start(csv('trips'), sql('far', 'SELECT 1'));
    await Promise.all([
      session.edits.apply({ type: 'sql', id: 'far', sql: 'SELECT 2' }),
      session.edits.apply({ type: 'layout', layout: { far: { x: 900, y: 900, width: 300, height: 200 } } }),
      session.edits.apply({ type: 'remove', ids: ['trips'] }),
    ]);
    expect(JSON.parse(store.text)).toEqual({
      version: 1,
      nodes: [{ id: 'far', kind: 'query', sql: ['SELECT 2'] }],
      layout: { far: { x: 900, y: 900, width: 300, height: 200 } },
    });
  });

  test.each([
    ['a syntax error', sql('bad', 'SELEC 1'), 'query-syntax'],
    ['an unknown table', sql('bad', 'SELECT * FROM nowhere'), 'query-failed'],
    ['a statement that writes', sql('bad', 'CREATE TABLE x AS SELECT 1'), 'query-refused'],
    ['an empty text', sql('bad', '-- nothing'), 'query-syntax'],
    ['a reference to itself', sql('bad', 'SELECT * FROM bad'), 'graph-cycle'],
    ['a missing file', csv('bad', ['gone.csv']), 'source-missing'],
  ])('%s fails that node with a code and its readers with a sentence', async (_, node, code) => {
    const { session } = await start(node, table('rows', 'bad'));
    await reaches(session, { bad: 'failed', rows: 'failed' });
    expect(stateOf(session, 'bad')?.error?.code).toBe(code);
    expect(stateOf(session, 'rows')?.error?.message).toContain('bad');
  });

  test('a failed node stops only what depends on it', async () => {
    const { session } = await start(csv('gone'), csv('trips'), sql('n', 'SELECT count(*) FROM trips'));
    await reaches(session, { gone: 'failed', trips: 'done', n: 'done' });
  });

  test('prepares the plot that the columns ask for, and writes it into the unsaved document', async () => {
    const { session, store } = await start(csv('trips'), plot('p', 'trips'));
    const generations = new Set<number>();
    session.onDidChangeStatus(({ id, generation: each }) => id === 'p' && generations.add(each));
    await reaches(session, { trips: 'done', p: 'idle' });
    const request = { id: 'p', widthPx: 400, heightPx: 300 };
    const { header, generation } = await session.plots.open(request, new AbortController().signal);
    expect(header).toMatchObject({ plotKind: 'scatter', rowCount: 3, drawableCount: 3, fidelity: 'exact' });
    const batch = await current().engine.nextBatch(header.streamId);
    expect(tableFromIPC(batch.ipc ?? new Uint8Array()).numRows).toBe(3);
    session.plotDrawn({ nodeId: 'p', generation, renderer: 'cpu', fidelity: 'exact', countedRows: 3 });
    expect(stateOf(session, 'p')).toMatchObject({ state: 'done', plot: { countedRows: 3 } });
    expect(generations.size).toBeLessThanOrEqual(2);
    const { nodes } = JSON.parse(store.text) as { nodes: { spec?: { mark: string; x: object; y: object } }[] };
    expect(nodes[1]?.spec).toMatchObject({ mark: 'point', x: { field: 'fare' }, y: { field: 'miles' } });
  });

  test.each([
    [
      'that tells its lines apart',
      ['2024-01-01,a,1', '2024-01-01,b,4', '2024-01-02,a,2', '2024-01-02,b,3'],
      ['a', 'b'],
    ],
    ['but not by one that only describes each time', ['2024-01-01,a,1', '2024-01-02,b,4', '2024-01-03,a,2'], [null]],
  ])('colours a line by a column %s', async (_, rows, series) => {
    await writeFile(join(current().folder, 'prices.csv'), `day,stock,price\n${rows.join('\n')}\n`);
    const { session } = await start(csv('prices'), plot('p', 'prices'));
    await reaches(session, { prices: 'done', p: 'idle' });
    const request = { id: 'p', widthPx: 400, heightPx: 300 };
    const { header } = await session.plots.open(request, new AbortController().signal);
    expect(header).toMatchObject({ plotKind: 'line', series });
  });

  test('a changed file makes nodes stale; running one reads it again and keeps the rest of the document', async () => {
    const { session, store } = await start(csv('trips'), table('rows', 'trips'));
    await reaches(session, { trips: 'done', rows: 'done' });
    const before = store.text;
    await writeFile(join(current().folder, 'trips.csv'), 'miles,fare\n1,2.5\n');
    changes.fire('trips');
    await reaches(session, { trips: 'stale', rows: 'stale' });
    await session.runs.run('rows');
    await reaches(session, { trips: 'done', rows: 'done' });
    expect([stateOf(session, 'rows')?.rowCount, store.text]).toEqual([1, before]);
  });

  test('a changed file is read again by itself where the setting says so', async () => {
    current().refreshesOnChange = true;
    const { session } = await start(csv('trips'), table('rows', 'trips'));
    await reaches(session, { trips: 'done', rows: 'done' });
    await writeFile(join(current().folder, 'trips.csv'), 'miles,fare\n1,2.5\n');
    const isShown = new Promise<void>((resolve) => {
      session.onDidChangeStatus(() => {
        if (stateOf(session, 'rows')?.rowCount === 1) resolve();
      });
    });
    changes.fire('trips');
    await isShown;
    await reaches(session, { trips: 'done', rows: 'done' });
    expect(stateOf(session, 'trips')?.rowCount).toBe(1);
  });

  test('after a crash of the engine the next page is read from a new one', async () => {
    const { session } = await start(csv('trips'), table('rows', 'trips'));
    await reaches(session, { trips: 'done', rows: 'done' });
    process.kill((await current().engine.stats()).pid, 'SIGKILL');
    const epoch = current().engine.epoch;
    await expect(current().engine.stats()).rejects.toMatchObject({ code: 'engine-crashed' });
    expect(current().engine.epoch).toBeGreaterThan(epoch);
    const window = { rowOffset: 0, rowCount: 3, columnOffset: 0, columnCount: 1 };
    const page = await session.runs.readRows('rows', window, new AbortController().signal);
    expect(page.rowCount).toBe(3);
  });

  test('nothing runs in Restricted Mode, and everything does once it is left', async () => {
    current().isTrusted = false;
    const { session } = await start(csv('trips'), sql('q', 'SELECT 1'), table('rows', 'trips'));
    expect(session.apiNodes().map(({ state }) => state)).toEqual(['idle', 'idle', 'idle']);
    expect([session.snapshot().readOnlyReason, current().engine.state]).toEqual(['untrusted', 'stopped']);
    current().isTrusted = true;
    await session.reconcile();
    await reaches(session, { trips: 'done', q: 'done', rows: 'done' });
  });

  test.each(['prices', 'p'])('a remedy offered on %s repairs the source that failed', async (id) => {
    const rows = Array.from({ length: 30_000 }, (_, row) => `${row},${row === 25_000 ? 'oops' : row}`);
    await writeFile(join(current().folder, 'prices.csv'), `row,price\n${rows.join('\n')}\n`);
    const { session, store } = await start(csv('prices'), plot('p', 'prices'));
    await reaches(session, { prices: 'failed', p: 'idle' });
    if (id === 'p') {
      const request = { id, widthPx: 400, heightPx: 300 };
      await expect(session.plots.open(request, new AbortController().signal)).rejects.toMatchObject({
        details: { line: 25_002 },
      });
    }
    const remedies = stateOf(session, id)?.error?.details.remedies ?? [];
    await session.edits.applyRemedy(
      id,
      remedies.findIndex(({ readerOptions }) => readerOptions['ignore_errors'] === true),
    );
    await reaches(session, { prices: 'done', p: 'idle' });
    expect(stateOf(session, 'prices')?.rowCount).toBe(29_999);
    expect(JSON.parse(store.text)).toMatchObject({ nodes: [{ options: { ignore_errors: true } }, {}] });
  });

  test('a remedy may say that a file is of another kind, whose options are its own', async () => {
    await writeFile(join(current().folder, 'prices.csv'), '[{"price":1},{"price":2}]');
    const { session, store } = await start(csv('prices', ['prices.csv'], { nullstr: 'x' }));
    await reaches(session, { prices: 'failed' });
    await session.edits.applyRemedy('prices', 0);
    await reaches(session, { prices: 'done' });
    expect(stateOf(session, 'prices')?.rowCount).toBe(2);
    const written = JSON.parse(store.text) as { readonly nodes: readonly unknown[] };
    expect(written.nodes).toEqual([{ id: 'prices', kind: 'source', files: ['prices.csv'], format: 'json' }]);
  });

  test('a remedy may add a query over the source, with its table and plot, in one undo step', async () => {
    await writeFile(join(current().folder, 'answer.json'), '{"ok":true,"data":[{"a":1,"b":5},{"a":2,"b":6}]}');
    const { session, store } = await start({ ...csv('answer', ['answer.json']), format: 'json' } as SourceNode);
    await reaches(session, { answer: 'done' });
    expect(await session.edits.applyRemedy('answer', 0, 0)).toEqual({ addedId: 'answer_rows' });
    await reaches(session, { answer_rows: 'done', answer_rows_table: 'done' });
    expect(stateOf(session, 'answer_rows')?.rowCount).toBe(2);
    expect(JSON.parse(store.text)).toMatchObject({
      nodes: [
        { id: 'answer' },
        { sql: ['SELECT unnest("data", max_depth := 2)', 'FROM answer'] },
        { kind: 'table', data: 'answer_rows' },
        { kind: 'plot', data: 'answer_rows' },
      ],
    });
  });

  test('one remedy of a notice reads all words for missing values as such, and keeps what was set before, in one undo step', async () => {
    await writeFile(join(current().folder, 'prices.csv'), 'price,size,name\n1,x,NA\nNA,2,a\n3,-,b\n-,4,-\n');
    const { session, store } = await start(csv('prices', ['prices.csv'], { nullstr: ['', 'x'] }));
    const notices = () => session.snapshot().statuses.flatMap((status) => status.notices);
    await reaches(session, { prices: 'done' });
    expect(notices()).toMatchObject([
      {
        message: 'Numbers are read as text because "NA" and "-" stand among them: price, size.',
        remedies: [{ title: 'Read "NA", "-" as NULL' }],
      },
    ]);
    await session.edits.applyRemedy('prices', 0, 0);
    await reaches(session, { prices: 'done' });
    expect(notices()).toEqual([]);
    expect(session.snapshot().statuses[0]?.columns?.map(({ type }) => type)).toEqual(['BIGINT', 'BIGINT', 'VARCHAR']);
    expect(JSON.parse(store.text)).toMatchObject({ nodes: [{ options: { nullstr: ['', 'x', 'NA', '-'] } }] });
  });

  test('a table of skipped rows waits for the import and shows them', async () => {
    const rows = Array.from({ length: 30_000 }, (_, row) => `${row},${row === 25_000 ? 'oops' : row}`);
    await writeFile(join(current().folder, 'prices.csv'), `row,price\n${rows.join('\n')}\n`);
    const source = csv('prices', ['prices.csv'], { ignore_errors: true });
    const { session } = await start({ ...source, table: REJECTED_ROWS } as SourceNode, table('rows', 'prices'));
    await reaches(session, { prices: 'done', rows: 'done' });
    const window = { rowOffset: 0, rowCount: 100, columnOffset: 0, columnCount: 2 };
    const page = await session.runs.readRows('rows', window, new AbortController().signal);
    const shown = tableFromIPC(page.ipc);
    expect([shown.get(0)?.toJSON(), shown.numRows, stateOf(session, 'prices')?.rowCount]).toEqual([
      { line: '25002', column: 'price' },
      1,
      1,
    ]);
  });

  test('an invalid text is shown, not run and never overwritten', async () => {
    const { session, store } = await start(csv('trips'));
    store.text = '{ "version": 1, "nodes": [ oops';
    await session.reconcile();
    expect(session.snapshot().readOnlyReason).toBe('invalid');
    await expect(session.edits.apply({ type: 'remove', ids: ['trips'] })).rejects.toMatchObject({
      code: 'document-read-only',
    });
    expect(store.text).toContain('oops');
  });

  test('renaming a node rewrites its readers in one step', async () => {
    const { session, store } = await start(csv('trips'), sql('far', 'SELECT trips.miles FROM trips -- trips'));
    await reaches(session, { trips: 'done', far: 'done' });
    store.writes.length = 0;
    await session.edits.rename('trips', 'rides');
    expect(store.writes).toHaveLength(1);
    await reaches(session, { rides: 'done', far: 'done' });
    expect(session.document.nodes[1]).toMatchObject({ sql: 'SELECT rides.miles FROM rides -- trips' });
  });
});
