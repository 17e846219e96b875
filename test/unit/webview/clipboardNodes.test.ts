import { expect, test } from 'vitest';
import { applyEdit } from '#common/document/applyEdit';
import type { PikaDocument, PikaNode } from '#common/document/pikaDocument';
import { pasteEdit, textOfNodes } from '../../../webview/canvas/clipboardNodes.ts';

const extra = {};
const nodes: readonly PikaNode[] = [
  { kind: 'source', id: 'flights', files: ['a.csv'], format: 'csv', options: {}, extra },
  { kind: 'query', id: 'late', sql: "SELECT 'late' FROM flights WHERE flights.x", extra },
  { kind: 'query', id: 'more', sql: 'FROM late JOIN flights USING (x)', extra },
  { kind: 'table', id: 't', data: 'late', extra },
];
const place = { x: 0, y: 0, width: 100, height: 100 };
const layout = Object.fromEntries(nodes.map(({ id }, index) => [id, { ...place, x: index * 200 }]));
const document: PikaDocument = { version: 1, nodes, layout, extra };

test('copies read the copies, and what was not copied as before', () => {
  const text = textOfNodes(document, new Map(Object.entries(layout)), ['late', 'more', 't']);
  const pasted = pasteEdit(document, text, { x: 1000, y: 500 });
  if (pasted?.kind !== 'nodes') throw new Error('nothing was pasted');
  const after = applyEdit(document, pasted.edit);
  expect(after.nodes.slice(4)).toEqual([
    { ...nodes[1], id: 'late_2' },
    { kind: 'query', id: 'more_2', sql: 'FROM late_2 JOIN flights USING (x)', extra },
    { kind: 'table', id: 't_2', data: 'late_2', extra },
  ]);
  expect(after.layout['late_2']).toEqual({ ...place, x: 1000, y: 500 });
});

test('a copy reads the copies wherever a table is named, and nowhere else', () => {
  const sql =
    'SELECT late.x, f(late, x) FROM flights f, (SELECT x FROM late, flights) l, late WHERE x IS DISTINCT FROM late.x, late';
  const copied: PikaDocument = { ...document, nodes: [...nodes, { kind: 'query', id: 'all', sql, extra }] };
  const text = textOfNodes(copied, new Map(Object.entries(layout)), ['late', 'all']);
  const pasted = pasteEdit(copied, text, 'beside');
  const after = pasted?.kind === 'nodes' ? applyEdit(copied, pasted.edit) : copied;
  expect(after.nodes.at(-1)).toMatchObject({
    id: 'all_2',
    sql: 'SELECT late_2.x, f(late, x) FROM flights f, (SELECT x FROM late_2, flights) l, late_2 WHERE x IS DISTINCT FROM late_2.x, late',
  });
});

function check(name: string, text: string, expected: string | null): void {
  test(name, () => {
    const pasted = pasteEdit(document, text, 'beside');
    const kind = pasted?.kind === 'nodes' && pasted.edit.type === 'add' ? pasted.edit.nodes[0]?.kind : pasted?.kind;
    expect(kind ?? null).toBe(expected);
  });
}

check('SQL is a query', 'SELECT 1', 'query');
check('SQL may begin with a comment', '-- a\nWITH a AS (SELECT 1) FROM a', 'query');
check('FROM first is SQL', 'FROM flights WHERE x', 'query');
check('a sentence is a note', 'From here on we trust the data', 'note');
check('other text is a note', '# Title', 'note');
check('a path of a data file is a source', '/data/my flights.parquet', 'files');
check('a file address is a source', 'file:///data/a.csv', 'files');
check('a web address is a note', 'https://example.org/a.csv', 'note');
check('nothing is nothing', ' \n', null);
check('JSON that is no workspace is a note', '{"nodes": 1}', 'note');
