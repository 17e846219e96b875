import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { csv, sql, table, useSessions } from '../../support/useSessions.ts';

const sessions = useSessions();
const never = new AbortController().signal;

const MEGABYTE = 1_000_000;
const COLUMNS = 10_000;

/** What a query node says of a text that cannot run: which code, and a sentence with these words. */
const REFUSED: readonly (readonly [id: string, text: string, code: string, words: RegExp])[] = [
  ['empty', '', 'query-syntax', /^This query is empty\.$/],
  ['comments', '-- nothing yet\n/* nor here */', 'query-syntax', /^This query is empty\.$/],
  ['several', 'SELECT 1; SELECT 2', 'query-refused', /one statement|single/i],
  ['dropping', 'DROP TABLE trips', 'query-refused', /SELECT/],
  ['writing', "COPY trips TO 'trips.csv'", 'query-refused', /SELECT/],
  ['open_text', "SELECT 'open FROM trips", 'query-syntax', /unterminated/i],
  ['open_name', 'SELECT "open FROM trips', 'query-syntax', /unterminated/i],
  ['no_columns', 'SELECT * EXCLUDE (miles, fare) FROM trips', 'query-failed', /empty/i],
  ['long_fault', `SELECT ${'x'.repeat(MEGABYTE)} FROM trips`, 'query-failed', /^Referenced column/],
];

test('texts that cannot run say why on their node, briefly, and harm no other', async () => {
  const nodes = REFUSED.map(([id, text]) => sql(id, text));
  const { session } = await sessions.start(csv('trips'), ...nodes, sql('fine', 'SELECT count(*) AS n FROM trips'));
  await sessions.reaches(session, { ...Object.fromEntries(REFUSED.map(([id]) => [id, 'failed'])), fine: 'done' });
  for (const [id, text, code, words] of REFUSED) {
    const { error } = sessions.stateOf(session, id) ?? {};
    expect({ id, code: error?.code }).toEqual({ id, code });
    expect(error?.message).toMatch(words);
    expect(error?.message.length).toBeLessThan(10_000);
    expect(session.document.nodes.find((node) => node.id === id)).toMatchObject({ sql: text });
  }
});

test('a table that nothing has is told with the node that was meant, and no table of the engine itself', async () => {
  const { session } = await sessions.start(
    csv('trips'),
    sql('typo', 'SELECT fare FROM trip'),
    sql('no', 'FROM pg_attr'),
  );
  await sessions.reaches(session, { trips: 'done', typo: 'failed', no: 'failed' });
  const said = (id: string) => sessions.stateOf(session, id)?.error;
  expect(said('typo')).toMatchObject({
    message: 'There is no node, table or file named trip.',
    details: { hint: 'Did you mean trips?', offset: 17 },
  });
  expect(said('no')?.message).toBe('There is no node, table or file named pg_attr.');
  expect(said('no')?.details.hint).toBeUndefined();
  await expect(session.sql.preview('typo', 'FROM trip', never)).rejects.toMatchObject({
    details: { hint: 'Did you mean trips?' },
  });
});

test('long texts, equal names and ten thousand columns are shown', async () => {
  const wide = Array.from({ length: COLUMNS }, (_, index) => `${index} AS c${index}`).join(', ');
  const { session } = await sessions.start(
    sql('long', `SELECT length('${'x'.repeat(MEGABYTE)}') AS n`),
    sql('twice', 'SELECT 1 AS a, 2 AS a'),
    sql('wide', `SELECT ${wide}`),
    table('long_rows', 'long'),
    table('twice_rows', 'twice'),
    table('wide_rows', 'wide'),
  );
  await sessions.reaches(session, { long_rows: 'done', twice_rows: 'done', wide_rows: 'done' });
  const cells = async (id: string, columnOffset = 0) => {
    const window = { rowOffset: 0, rowCount: 200, columnOffset, columnCount: 64 };
    const rows = tableFromIPC((await session.runs.readRows(id, window, never)).ipc);
    return rows.schema.fields.map((_, index) => String(rows.getChildAt(index)?.get(0)));
  };
  expect(await cells('long_rows')).toEqual([String(MEGABYTE)]);
  expect(await cells('twice_rows')).toEqual(['1', '2']);
  expect(await cells('wide_rows', 9984)).toEqual(Array.from({ length: 16 }, (_, index) => String(9984 + index)));
});
