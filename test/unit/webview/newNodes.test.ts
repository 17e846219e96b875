import { expect, test } from 'vitest';
import { applyEdit } from '#common/document/applyEdit';
import { emptyDocument } from '#common/document/emptyDocument';
import type { PikaDocument, PikaNode } from '#common/document/pikaDocument';
import { addNode, dataIds, type NewNode } from '../../../webview/canvas/newNodes.ts';
import { completeLayout } from '../../../webview/canvas/placement.ts';

const SOURCE: PikaNode = { id: 'Select', kind: 'source', files: ['a.csv'], format: 'csv', options: {}, extra: {} };
const WITH_SOURCE: PikaDocument = {
  ...emptyDocument(),
  nodes: [SOURCE],
  layout: { Select: { x: 0, y: 0, width: 280, height: 220 } },
};

function check(name: string, wanted: NewNode, expected: Partial<PikaNode>): void {
  test(name, () => {
    const { id, edit } = addNode(WITH_SOURCE, wanted);
    const after = applyEdit(WITH_SOURCE, edit);
    expect(after.nodes.at(-1)).toMatchObject({ id, ...expected });
    expect(after.layout[id]).toBeDefined();
  });
}

check(
  'a query reads its data, quoted where SQL needs it',
  { kind: 'query', data: 'Select' },
  {
    id: 'query',
    kind: 'query',
    sql: 'SELECT *\nFROM "Select"\nLIMIT 1000',
  },
);
check(
  'a query without data can run too',
  { kind: 'query', data: null },
  {
    sql: 'SELECT 42 AS answer',
  },
);
check(
  'a table shows its data',
  { kind: 'table', data: 'Select' },
  { id: 'Select_table', kind: 'table', data: 'Select' },
);
check('a plot is chosen later', { kind: 'plot', data: 'Select' }, { kind: 'plot', data: 'Select', spec: null });
check('a note is empty', { kind: 'note' }, { id: 'note', kind: 'note', text: '' });

test('new ids are free', () => {
  const once = applyEdit(WITH_SOURCE, addNode(WITH_SOURCE, { kind: 'note' }).edit);
  expect(addNode(once, { kind: 'note' }).id).toBe('note_2');
});

test('only sources and queries hold data', () => {
  const document = applyEdit(WITH_SOURCE, addNode(WITH_SOURCE, { kind: 'table', data: 'Select' }).edit);
  expect(dataIds(document)).toEqual(['Select']);
});

test('nodes without a place in the document get a free one', () => {
  const layout = completeLayout({ ...WITH_SOURCE, nodes: [SOURCE, { ...SOURCE, id: 'second' }] });
  const [first, second] = [layout.get('Select'), layout.get('second')];
  expect(first).toEqual(WITH_SOURCE.layout['Select']);
  expect(second && second.y >= 220).toBe(true);
});
