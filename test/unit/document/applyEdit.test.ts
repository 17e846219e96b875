import { expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { applyEdit } from '#common/document/applyEdit';
import type { DocumentEdit } from '#common/document/documentEdit';
import type { PikaDocument, PikaNode } from '#common/document/pikaDocument';

const extra = { kept: true };
const place = { x: 0, y: 0, width: 100, height: 100 };
const source: PikaNode = {
  kind: 'source',
  id: 'flights',
  files: ['a.csv'],
  format: 'csv',
  options: { skip: 1 },
  extra,
};
const query: PikaNode = { kind: 'query', id: 'late', sql: 'FROM flights', extra };
const table: PikaNode = { kind: 'table', id: 'table', data: 'Flights', extra };
const plot: PikaNode = { kind: 'plot', id: 'plot', data: 'flights', spec: null, extra };
const note: PikaNode = { kind: 'note', id: 'note', text: 'a', extra };
const before: PikaDocument = {
  version: 1,
  nodes: [source, query, table, plot, note],
  layout: { flights: place, late: { ...place, x: 200 } },
  extra,
};
const spec = { mark: 'bar', x: { field: 'a' } } as const;

function check(name: string, edit: DocumentEdit, expected: Partial<PikaDocument>): void {
  test(name, () => {
    const frozen = structuredClone(before);
    expect(applyEdit(before, edit)).toEqual({ ...before, ...expected });
    expect(before).toEqual(frozen);
  });
}

function checkFails(name: string, edit: DocumentEdit, code: string): void {
  test(name, () => {
    let caught: unknown;
    try {
      applyEdit(before, edit);
    } catch (error) {
      caught = error;
    }
    expect(PikaError.is(caught) && caught.code).toBe(code);
  });
}

const replaced = (old: PikaNode, node: PikaNode) => before.nodes.map((each) => (each === old ? node : each));
const other: PikaNode = { kind: 'note', id: 'other', text: '', extra: {} };

check(
  'adds a node at its place',
  { type: 'add', nodes: [other], layout: { other: { ...place, y: 500.4 } } },
  {
    nodes: [...before.nodes, other],
    layout: { ...before.layout, other: { ...place, y: 500 } },
  },
);
check(
  'adds a node without a place below the others',
  { type: 'add', nodes: [other], layout: {} },
  {
    nodes: [...before.nodes, other],
    layout: { ...before.layout, other: { x: 0, y: 180, width: 260, height: 160 } },
  },
);
check(
  'removes nodes with their places',
  { type: 'remove', ids: ['flights', 'note'] },
  {
    nodes: [query, table, plot],
    layout: { late: { ...place, x: 200 } },
  },
);
check(
  'moves a node, to whole pixels',
  { type: 'layout', layout: { late: { x: 20.6, y: -40, width: 300, height: 200 } } },
  {
    layout: { flights: place, late: { x: 21, y: -40, width: 300, height: 200 } },
  },
);
check(
  'changes SQL',
  { type: 'sql', id: 'late', sql: 'SELECT 1' },
  { nodes: replaced(query, { ...query, sql: 'SELECT 1' }) },
);
check('changes a text', { type: 'text', id: 'note', text: 'b' }, { nodes: replaced(note, { ...note, text: 'b' }) });
check(
  'colours a note',
  { type: 'color', ids: ['note'], color: 'blue' },
  { nodes: replaced(note, { ...note, color: 'blue' }) },
);
check(
  'does several edits as one',
  {
    type: 'all',
    edits: [
      { type: 'data', id: 'table', data: 'late' },
      { type: 'text', id: 'note', text: 'b' },
    ],
  },
  { nodes: [source, query, { ...table, data: 'late' }, plot, { ...note, text: 'b' }] },
);
check(
  'collapses a node, which keeps its size',
  { type: 'layout', layout: { late: { ...place, x: 200, collapsed: true } } },
  { layout: { ...before.layout, late: { ...place, x: 200, collapsed: true } } },
);
check('changes a plot', { type: 'plot', id: 'plot', spec }, { nodes: replaced(plot, { ...plot, spec }) });
check(
  'changes the data of a table',
  { type: 'data', id: 'table', data: 'late' },
  { nodes: replaced(table, { ...table, data: 'late' }) },
);
check(
  'changes the options of a source',
  { type: 'sourceOptions', id: 'flights', options: {} },
  { nodes: replaced(source, { ...source, options: {} }) },
);
check(
  'renames a node, where it is read too',
  { type: 'rename', id: 'flights', newId: 'trips', sqlById: { late: 'FROM trips' } },
  {
    nodes: [
      { ...source, id: 'trips' },
      { ...query, sql: 'FROM trips' },
      { ...table, data: 'trips' },
      { ...plot, data: 'trips' },
      note,
    ],
    layout: { trips: place, late: { ...place, x: 200 } },
  },
);
check(
  'renames to other upper and lower case',
  { type: 'rename', id: 'late', newId: 'Late', sqlById: {} },
  {
    nodes: replaced(query, { ...query, id: 'Late' }),
    layout: { flights: place, Late: { ...place, x: 200 } },
  },
);

checkFails('refuses a taken id', { type: 'add', nodes: [{ ...other, id: 'FLIGHTS' }], layout: {} }, 'bad-request');
checkFails('refuses the same id twice', { type: 'add', nodes: [other, other], layout: {} }, 'bad-request');
checkFails('refuses a taken name', { type: 'rename', id: 'late', newId: 'note', sqlById: {} }, 'bad-request');
checkFails(
  'refuses a name with quotation marks',
  { type: 'rename', id: 'late', newId: 'a"b', sqlById: {} },
  'bad-request',
);
checkFails('refuses a place that is none', { type: 'layout', layout: { late: { ...place, x: NaN } } }, 'bad-request');
checkFails('refuses an empty size', { type: 'layout', layout: { late: { ...place, width: 0 } } }, 'bad-request');
checkFails('refuses SQL for a note', { type: 'sql', id: 'note', sql: '' }, 'bad-request');
checkFails('refuses a colour for a query', { type: 'color', ids: ['late'], color: 'red' }, 'bad-request');
checkFails('refuses a plot for a table', { type: 'plot', id: 'table', spec }, 'bad-request');
checkFails('refuses data for a query', { type: 'data', id: 'late', data: 'flights' }, 'bad-request');
for (const edit of [
  { type: 'remove', ids: ['gone'] },
  { type: 'layout', layout: { gone: place } },
  { type: 'sql', id: 'gone', sql: '' },
  { type: 'rename', id: 'gone', newId: 'x', sqlById: {} },
  { type: 'rename', id: 'late', newId: 'x', sqlById: { gone: '' } },
] satisfies DocumentEdit[]) {
  checkFails(`${edit.type} of an unknown node fails`, edit, 'node-missing');
}
