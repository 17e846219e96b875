import { expect, test } from 'vitest';
import { applyEdit } from '#common/document/applyEdit';
import { emptyDocument } from '#common/document/emptyDocument';
import type { PikaDocument, SourceNode } from '#common/document/pikaDocument';
import { placeNodes } from '#common/document/placeNodes';
import { viewRejectedRows } from '../../../webview/canvas/rejectedRows.ts';

const source: SourceNode = {
  kind: 'source',
  id: 'trips',
  files: ['trips.csv'],
  format: 'csv',
  options: { ignore_errors: true },
  extra: {},
};

function shown(document: PikaDocument, of: SourceNode): { id: string; document: PikaDocument } {
  const { id, edit } = viewRejectedRows(document, of);
  return { id, document: edit ? applyEdit(document, edit) : document };
}

test('skipped rows are shown by one table, whose source follows the options of the first', () => {
  const first = shown(placeNodes(emptyDocument(), [source]), source);
  expect(first.id).toBe('trips_rejected_table');
  expect(first.document.nodes.slice(1)).toEqual([
    { ...source, id: 'trips_rejected', table: 'rejected' },
    { kind: 'table', id: 'trips_rejected_table', data: 'trips_rejected', extra: {} },
  ]);
  expect(shown(first.document, source)).toEqual(first);

  const changed = { ...source, options: { ignore_errors: true, delim: ';' } };
  const second = shown(first.document, changed);
  expect(second.id).toBe(first.id);
  expect(second.document.nodes).toEqual([
    source,
    { ...changed, id: 'trips_rejected', table: 'rejected' },
    first.document.nodes[2],
  ]);
});

test('a table that was removed comes back over the same source', () => {
  const { document } = shown(placeNodes(emptyDocument(), [source]), source);
  const without = applyEdit(document, { type: 'remove', ids: ['trips_rejected_table'] });
  const again = shown(without, source);
  expect(again.document.nodes).toEqual(document.nodes);
});
