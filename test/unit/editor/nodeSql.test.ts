import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { csv, sql, useSessions } from '../../support/useSessions.ts';

const never = new AbortController().signal;
const WINDOW = { rowOffset: 0, rowCount: 10, columnOffset: 0, columnCount: 10 };
const world = useSessions();

async function trips(text: string) {
  const opened = await world.start(csv('trips'), sql('q', text));
  await world.reaches(opened.session, { trips: 'done', q: 'done' });
  return opened;
}

test('completion knows the columns of a node that was opened, and the functions of the engine', async () => {
  const { session } = await trips('SELECT * FROM trips');
  const text = 'SELECT f.mi FROM trips f';
  const { items } = await session.sql.complete('q', text, 'SELECT f.mi'.length);
  expect(items.map(({ label, detail }) => [label, detail])).toEqual([['miles', 'BIGINT']]);
  const functions = (await session.sql.complete('q', 'SELECT date_tr', 14)).items;
  expect(functions.map(({ label }) => label)).toContain('date_trunc');
});

test('a part of a query runs in its place and changes nothing', async () => {
  const { session, store } = await trips('SELECT miles FROM trips WHERE miles > 1');
  const part = 'SELECT sum(miles) AS total FROM trips';
  expect(await session.sql.preview('q', part, never)).toMatchObject({ rowCount: 1, columns: [{ name: 'total' }] });
  const rows = await session.sql.previewRows('q', part, WINDOW, never);
  expect(tableFromIPC(rows.ipc).get(0)?.toJSON()).toEqual({ total: '13' });
  expect(store.writes).toEqual([]);
  expect(world.stateOf(session, 'q')?.rowCount).toBe(2);
});

test('a part that is no SELECT is refused', async () => {
  const { session } = await trips('SELECT 1 AS one');
  await expect(session.sql.preview('q', "COPY trips TO 'x.csv'", never)).rejects.toThrow(/SELECT|syntax/);
});

test('values of parameters are bound, and a changed value runs the query again', async () => {
  const { session } = await world.start(csv('trips'), {
    kind: 'query',
    id: 'q',
    sql: 'SELECT * FROM trips WHERE miles >= $least',
    parameters: { least: { type: 'number', value: '2' } },
    extra: {},
  });
  await world.reaches(session, { q: 'done' });
  expect(world.stateOf(session, 'q')?.rowCount).toBe(2);
  await session.edits.apply({ type: 'parameters', id: 'q', parameters: { least: { type: 'number', value: '10' } } });
  await session.reconcile();
  await world.reaches(session, { q: 'done' });
  expect(world.stateOf(session, 'q')?.rowCount).toBe(1);
});

test('a failure of the binder points into the text of the node, not of what was compiled', async () => {
  const { session } = await world.start(csv('trips'), sql('q', "SELECT 'ä', mils FROM trips"));
  await world.reaches(session, { q: 'failed' });
  expect(world.stateOf(session, 'q')?.error?.details.offset).toBe("SELECT 'ä', ".length);
});

test('a text that is being typed tells the nodes it would read, by the rules of the parser', async () => {
  const { session, store } = await world.start(csv('trips'), sql('q', 'SELECT 1'), sql('Far Ones', 'SELECT 2'));
  await world.reaches(session, { trips: 'done', q: 'done' });
  const reads = (text: string) => session.sql.findReads('q', text, never);
  expect(await reads('FROM TRIPS')).toEqual(['trips']);
  expect(await reads('WITH trips AS (SELECT 1) SELECT * FROM trips')).toEqual([]);
  expect(await reads(`SELECT 'FROM trips' FROM "Far Ones" JOIN q ON true -- trips`)).toEqual(['Far Ones']);
  expect(await reads('')).toEqual([]);
  expect(await reads('SELECT * FROM')).toBeNull();
  expect([store.writes, world.stateOf(session, 'q')?.state]).toEqual([[], 'done']);
});

test('nothing is asked of the engine in Restricted Mode', async () => {
  world.current().isTrusted = false;
  const { session } = await world.start(csv('trips'), sql('q', 'SELECT mils FROM trips'));
  expect(await session.sql.check('q', 'SELECT FROM', never)).toEqual([]);
  expect(await session.sql.findReads('q', 'FROM trips', never)).toBeNull();
  await expect(session.sql.preview('q', 'SELECT 1', never)).rejects.toMatchObject({ code: 'untrusted' });
  expect((await session.sql.complete('q', 'SELECT * FROM tr', 16)).items.map(({ label }) => label)).toEqual(['trips']);
});
