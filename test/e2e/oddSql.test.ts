import { describe, expect, it } from 'vitest';
import { shownCells } from '../support/tableCells.ts';
import { activateTable } from '../support/tableNode.ts';
import { usePikaWindow } from '../support/usePikaWindow.ts';

const WORKSPACE = 'odd.pika';
const UNUSUAL = 'unusual.pika';
const MEGABYTE = 'megabyte.pika';
const COLUMNS = 10_000;
const WIDE = `SELECT ${Array.from({ length: COLUMNS }, (_, index) => `${index} AS c${index}`).join(', ')}`;
/** A statement of one megabyte, as a generated one with a remark on every line would be. */
const LONG_LENGTH = 1_000_000;
const REMARK = `${'-- a remark that is as long as a line of a text may well be'.padEnd(99, '.')}\n`;
const LONG = `SELECT\n${REMARK.repeat(LONG_LENGTH / REMARK.length)}42 AS answer`;

/** Texts that cannot run, what their node says, and where. */
const REFUSED: readonly (readonly [id: string, sql: string, sentence: RegExp, place?: string])[] = [
  ['empty', '', /^This query is empty\.$/],
  ['comments', '-- nothing yet\n/* nor here */', /^This query is empty\.$/],
  ['several', 'SELECT 1;\nSELECT 2', /one statement|single/i],
  ['dropping', 'DROP TABLE trips', /SELECT/],
  ['open_text', "SELECT *,\n  'open\nFROM trips", /unterminated/i, 'line 2, column 3'],
  ['open_name', 'SELECT "open FROM trips', /unterminated/i, 'line 1, column 8'],
  ['no_columns', 'SELECT * EXCLUDE (city, fare) FROM trips', /empty/i],
];
const NODES = [
  { id: 'trips', kind: 'source', files: ['trips.csv'], format: 'csv' },
  ...REFUSED.map(([id, sql]) => ({ id, kind: 'query', sql })),
];
const PLACES = NODES.map(({ id }, index) => {
  const [column, row] = [index % 5, Math.floor(index / 5)];
  return [id, { x: 340 * column, y: 260 * row, width: 320, height: 240 }] as const;
});
const TEXT = JSON.stringify({ version: 1, nodes: NODES, layout: Object.fromEntries(PLACES) }, null, 2);

/** Texts that run although few would write them, each with its rows. */
const UNUSUAL_NODES = [
  { id: 'twice', kind: 'query', sql: 'SELECT 1 AS a, 2 AS a' },
  { id: 'twice_rows', kind: 'table', data: 'twice' },
  { id: 'wide', kind: 'query', sql: WIDE },
  { id: 'wide_rows', kind: 'table', data: 'wide' },
];
const LONG_NODES = [
  { id: 'long', kind: 'query', sql: LONG },
  { id: 'long_rows', kind: 'table', data: 'long' },
];

describe('odd SQL', () => {
  const pika = usePikaWindow(() => ({
    files: {
      'trips.csv': 'city,fare\nOslo,10\nRome,20\n',
      [WORKSPACE]: TEXT,
      [UNUSUAL]: JSON.stringify({ version: 1, nodes: UNUSUAL_NODES, layout: {} }, null, 2),
      [MEGABYTE]: JSON.stringify({ version: 1, nodes: LONG_NODES, layout: {} }, null, 2),
    },
  }));
  const node = (id: string) => pika().workbench.node({ id });

  it('that cannot run says why on its own node, and where in it', async () => {
    await pika().workbench.openFile(WORKSPACE);
    await pika().workbench.nodeReaches(node('trips'), 'done');
    for (const [id, , sentence, place] of REFUSED) {
      await pika().workbench.nodeReaches(node(id), 'failed');
      const failure = node(id).locator('.failure');
      expect(await failure.locator('.message').innerText()).toMatch(sentence);
      expect(await node(id).locator('.foot .outcome').innerText()).toBe(place ?? '');
    }
  });

  it('with equal names or ten thousand columns is shown, up to the last one', async () => {
    await pika().workbench.openFile(UNUSUAL);
    const [twice, wide] = [node('twice_rows'), node('wide_rows')];
    await pika().workbench.nodeReaches(twice, 'done');
    expect((await shownCells(twice)).map(({ text }) => text)).toEqual(['1', '2']);
    await pika().workbench.nodeReaches(wide, 'done');
    await activateTable(wide);
    await wide.getByRole('grid').focus();
    await pika().workbench.page.keyboard.press('ArrowDown');
    await pika().workbench.page.keyboard.press('Control+End');
    const last = { row: 0, column: COLUMNS - 1, text: String(COLUMNS - 1) };
    await expect.poll(async () => (await shownCells(wide)).at(-1)).toEqual(last);
  });

  it('of a megabyte runs, and can be edited in its node', async () => {
    expect(LONG.length).toBeGreaterThan(LONG_LENGTH);
    const { workbench } = pika();
    const { keyboard } = workbench.page;
    await workbench.openFile(MEGABYTE);
    const rows = node('long_rows');
    await workbench.nodeReaches(rows, 'done');
    expect((await shownCells(rows)).map(({ text }) => text)).toEqual(['42']);
    await node('long').locator('.head').click();
    await keyboard.press('Enter');
    await node('long').locator('.cm-focused').waitFor();
    await keyboard.press('Control+Home');
    await keyboard.type('SELECT answer + 1 AS more FROM (\n');
    await keyboard.press('Control+End');
    await keyboard.type(') counted');
    await keyboard.press('Control+Enter');
    await expect.poll(async () => (await shownCells(rows)).map(({ text }) => text)).toEqual(['43']);
  });
});
