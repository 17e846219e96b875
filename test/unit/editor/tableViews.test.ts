import { tableFromIPC } from 'apache-arrow';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RowsView } from '#common/table/tableView';
import type { DocumentSession } from '../../../extension/editor/documentSession.ts';
import { checkCopySize, keepEdit, TableQuestions } from '../../../extension/editor/tableQuestions.ts';
import { csv, table, useSessions } from '../../support/useSessions.ts';

const sessions = useSessions();
const never = new AbortController().signal;
const copy = (nodeId: string) => ({ nodeId, format: 'tsv' }) as const;
const DESCENDING: RowsView = { sort: [{ column: 'fare', direction: 'descending' }], filters: [] };

async function shown(session: DocumentSession, view: RowsView, rowOffset = 0): Promise<(string | null)[]> {
  const window = { rowOffset, rowCount: 3, columnOffset: 0, columnCount: 2 };
  const { ipc } = await session.runs.readRows('rows', window, never, view);
  return [...(tableFromIPC(ipc).getChild('fare') ?? [])].map((value) => (value === null ? null : String(value)));
}

async function openRows() {
  const opened = await sessions.start(csv('trips'), table('rows', 'trips'));
  await sessions.reaches(opened.session, { trips: 'done', rows: 'done' });
  return opened;
}

test('a table is sorted and filtered, and its data is as it was', async () => {
  const { session } = await openRows();
  expect(await shown(session, DESCENDING)).toEqual(['20.0', '5.0', '2.5']);
  const filters = [{ kind: 'compare', column: 'miles', operator: '<', value: '10' } as const];
  expect(await shown(session, { ...DESCENDING, filters })).toEqual(['5.0', '2.5']);
  expect(await shown(session, { sort: [], filters: [] })).toEqual(['2.5', '5.0', '20.0']);
});

test('pages far down a sorted table come from an order that is made once, ties in the same place each time', async () => {
  const lines = Array.from({ length: 5000 }, (_, index) => `${index},${index % 7}`);
  await writeFile(join(sessions.current().folder, 'trips.csv'), `miles,fare\n${lines.join('\n')}\n`);
  const { session } = await openRows();
  const expected = Array.from({ length: 5000 }, (_, index) => index % 7).sort((a, b) => b - a);
  expect((await shown(session, DESCENDING, 4000)).map(Number)).toEqual(expected.slice(4000, 4003));
  const pages = await session.runs.tables('rows');
  const named = async (rowOffset: number) => {
    const range = { rowOffset, rowCount: 3, columns: [0] };
    const rows = await pages.shown('rows', DESCENDING, range, never);
    const copied = await new TableQuestions(sessions.current().engine).textOf(rows, { ...copy('rows'), range }, never);
    return copied.text.split('\n').map(Number);
  };
  const rows = lines.map((line) => line.split(',').map(Number));
  const total = rows.sort(([a = 0, x = 0], [b = 0, y = 0]) => y - x || a - b).map(([id]) => id);
  expect(await named(4990)).toEqual(total.slice(4990, 4993));
  expect(await named(0)).toEqual(total.slice(0, 3));
  pages.rows.forget('rows');
  expect(await named(0)).toEqual(total.slice(0, 3));
});

test('keeping a view adds one query, and the table shows its rows', async () => {
  const { session } = await openRows();
  const facts = await (await session.runs.tables('rows')).facts('rows');
  const { id, edit } = keepEdit(session.document, facts, { nodeId: 'rows', view: DESCENDING, columns: [1] });
  await session.edits.apply(edit);
  await sessions.reaches(session, { [id]: 'done', rows: 'done' });
  const kept = session.document.nodes.find((node) => node.id === id);
  expect(kept?.kind === 'query' && kept.sql).toBe('SELECT fare\nFROM trips\nORDER BY fare DESC NULLS LAST');
  const window = { rowOffset: 0, rowCount: 3, columnOffset: 0, columnCount: 1 };
  const { ipc } = await session.runs.readRows('rows', window, never);
  expect(tableFromIPC(ipc).toArray().map(String)).toEqual(['{"fare": "20.0"}', '{"fare": "5.0"}', '{"fare": "2.5"}']);
});

test('filters that cannot be applied, and copies that are too large, are told in a sentence', async () => {
  const { session } = await openRows();
  const facts = await (await session.runs.tables('rows')).facts('rows');
  const questions = new TableQuestions(sessions.current().engine);
  const filter = { kind: 'compare', column: 'miles', operator: '=', value: 'far' } as const;
  await expect(questions.checkFilter(facts, { nodeId: 'rows', filter }, never)).rejects.toMatchObject({
    code: 'bad-request',
  });
  const range = { rowOffset: 0, rowCount: 900_000, columns: [0, 1] };
  expect(() => checkCopySize(range)).toThrow('1,800,000 cells are too many');
  const few = { ...range, rowCount: 2 };
  const rows = await (await session.runs.tables('rows')).shown('rows', DESCENDING, few, never);
  const copied = await questions.textOf(rows, { ...copy('rows'), range: few }, never);
  expect(copied).toEqual({ text: '10\t20.0\n2\t5.0', rowCount: 2 });
});
