import { tableFromIPC } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import type { PikaNode } from '#common/document/pikaDocument';
import type { DocumentSession } from '../../../extension/editor/documentSession.ts';
import { plot, sql, table, useSessions } from '../../support/useSessions.ts';

const never = new AbortController().signal;
const ROWS = 30_000;
/** Tables are dropped once nobody needs them, and nobody waits for that. */
const WAIT = { timeout: 20_000 };
const DRAWN = `SELECT range AS n, random() AS r FROM range(${ROWS})`;
const SCATTER: PikaNode = {
  ...plot('picture', 'drawn'),
  spec: { mark: 'point', x: { field: 'n' }, y: { field: 'r' } },
} as PikaNode;

/** Texts of a whole table. */
async function textsOf(session: DocumentSession, id: string, rowCount: number): Promise<readonly string[]> {
  const window = { rowOffset: 0, rowCount, columnOffset: 0, columnCount: 2 };
  return tableFromIPC((await session.runs.readRows(id, window, never)).ipc)
    .toArray()
    .map(String);
}

describe('a query that gives other rows each time', () => {
  const { current, start, stateOf, reaches } = useSessions();

  test('has one result for its count, its table and all that reads it', async () => {
    const { session } = await start(
      sql('drawn', DRAWN),
      sql('low', 'SELECT * FROM drawn WHERE r < 0.5'),
      sql('high', 'SELECT * FROM drawn WHERE r >= 0.5'),
      table('low_rows', 'low'),
      table('rows', 'drawn'),
    );
    await reaches(session, { drawn: 'done', low: 'done', high: 'done', low_rows: 'done', rows: 'done' });
    const lowCount = Number(stateOf(session, 'low')?.rowCount);
    expect(lowCount + Number(stateOf(session, 'high')?.rowCount)).toBe(ROWS);
    const all = await textsOf(session, 'rows', ROWS);
    const low = await textsOf(session, 'low_rows', ROWS);
    const isLow = (text: string) => Number((JSON.parse(text) as { r: string }).r) < 0.5;
    expect([all.length, low]).toEqual([ROWS, all.filter(isLow)]);
  });

  test.each([
    ['random values', DRAWN],
    ['a sample', `SELECT range AS n, (range * 7919 % ${ROWS})::DOUBLE AS r FROM range(${10 * ROWS}) USING SAMPLE 10%`],
  ])('is drawn with %s, as often as it is looked at', async (_, text) => {
    const { session } = await start(sql('drawn', text), SCATTER);
    await reaches(session, { drawn: 'done' });
    for (const widthPx of [300, 400, 500]) {
      const { header } = await session.plots.open({ id: 'picture', widthPx, heightPx: 200 }, never);
      let count = 0;
      let batch = await session.plots.streams.next(header.streamId);
      for (; batch; batch = await session.plots.streams.next(header.streamId)) count += tableFromIPC(batch).numRows;
      expect([count, header.drawableCount]).toEqual([stateOf(session, 'drawn')?.rowCount, count]);
    }
  });

  test('gives others when it is run again, and leaves no table of those before', async () => {
    const { session } = await start(sql('drawn', DRAWN), table('rows', 'drawn'));
    await reaches(session, { drawn: 'done', rows: 'done' });
    const before = await textsOf(session, 'rows', 10);
    expect(await textsOf(session, 'rows', 10)).toEqual(before);
    await session.runs.run('drawn');
    await reaches(session, { drawn: 'running' });
    await reaches(session, { drawn: 'done', rows: 'done' });
    expect(await textsOf(session, 'rows', 10)).not.toEqual(before);
    await expect.poll(keptTables, WAIT).toBe(1);
    await session.edits.apply({ type: 'remove', ids: ['drawn', 'rows'] });
    await session.reconcile();
    await expect.poll(keptTables, WAIT).toBe(0);
  });

  test('runs again when the engine that kept its rows has crashed', async () => {
    const { session } = await start(
      sql('drawn', DRAWN),
      sql('total', 'SELECT count(*) AS c FROM drawn'),
      table('t', 'total'),
    );
    await reaches(session, { drawn: 'done', total: 'done', t: 'done' });
    const { engine } = current();
    const { pid } = await engine.stats();
    const stopped = new Promise<void>((resolve) => {
      engine.onDidChangeState((state) => (state === 'stopped' ? resolve() : undefined));
    });
    process.kill(pid, 'SIGKILL');
    await stopped;
    expect(await textsOf(session, 't', 1)).toEqual([`{"c": "${ROWS}"}`]);
  });

  test('runs again when another engine takes the place of the one that kept its rows', async () => {
    const { session } = await start(
      sql('drawn', DRAWN),
      sql('low', 'SELECT * FROM drawn WHERE r < 0.5'),
      table('rows', 'drawn'),
      table('low_rows', 'low'),
    );
    await reaches(session, { drawn: 'done', low: 'done', rows: 'done', low_rows: 'done' });
    const before = await textsOf(session, 'rows', 5);
    current().engine.renew();
    const low = await textsOf(session, 'low_rows', ROWS);
    expect(low.length).toBe(stateOf(session, 'low')?.rowCount);
    const after = await textsOf(session, 'rows', ROWS);
    expect([after.length, after.slice(0, 5)]).not.toEqual([ROWS, before]);
    expect(after.length).toBe(ROWS);
  });

  /** Tables in the engine's scratch database; dropping them is asked for before this. */
  async function keptTables(): Promise<number> {
    const text = "SELECT count(*)::INTEGER FROM duckdb_tables() WHERE table_name LIKE 'kept %'";
    const { ipc } = await current().engine.query({ sql: text, lane: 'interactive', subject: 'test', maxRows: 1 });
    return Number(tableFromIPC(ipc).getChildAt(0)?.get(0));
  }
});
