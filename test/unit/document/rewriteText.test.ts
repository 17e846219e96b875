import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdit } from '#common/document/applyEdit';
import type { DocumentEdit } from '#common/document/documentEdit';
import { readDocument } from '#common/document/readDocument';
import { rewriteText } from '#common/document/rewriteText';
import { writeDocument } from '#common/document/writeDocument';
import { arbitraryDocument } from './arbitraryDocument.ts';

/** Laid out as nobody but its author would. */
const BY_HAND = `{ "version": 1, "nodes": [
    { "kind": "source", "id": "trips",
      "files": [ "trips.csv" ], "mine": 1 },
    {"id":"far",   "kind":"query", "sql":"SELECT * FROM trips"},

    { "id": "rows", "data": "far", "kind": "table" }
  ],
  "layout": {
    "rows": { "y": 0, "x": 0, "height": 300, "width": 400 }, "far": {"x":500,"y":0,"width":300,"height":200},
    "trips": { "x": 0, "y": 400, "width": 200, "height": 100 }
  },
  "zeta":    [1,   2]
}`;

function edited(text: string, edit: DocumentEdit): string {
  const { document } = readDocument(text);
  return rewriteText(text, document, applyEdit(document, edit));
}

/** Lines with text that are in one text and not in the other, in order. */
function changedLines(before: string, after: string): { readonly gone: string[]; readonly added: string[] } {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return {
    gone: old.filter((line) => line !== '' && !now.includes(line)),
    added: now.filter((line) => line !== '' && !old.includes(line)),
  };
}

test('moving a node changes its numbers only', () => {
  const layout = { trips: { x: 7, y: 400, width: 200, height: 100 } };
  expect(changedLines(BY_HAND, edited(BY_HAND, { type: 'layout', layout }))).toEqual({
    gone: ['    "trips": { "x": 0, "y": 400, "width": 200, "height": 100 }'],
    added: ['    "trips": { "x": 7, "y": 400, "width": 200, "height": 100 }'],
  });
});

test('another query changes its line only', () => {
  const after = edited(BY_HAND, { type: 'sql', id: 'far', sql: 'FROM trips' });
  expect(changedLines(BY_HAND, after)).toEqual({
    gone: ['    {"id":"far",   "kind":"query", "sql":"SELECT * FROM trips"},'],
    added: ['    {"id":"far",   "kind":"query", "sql":["FROM trips"]},'],
  });
});

test('a query of several lines stands below its key, however long it is', () => {
  const remarks = Array.from({ length: 12_000 }, (_, index) => `-- ${String(index).padEnd(80, '.')}`);
  const lines = ['FROM trips', ...remarks];
  const after = edited(BY_HAND, { type: 'sql', id: 'far', sql: lines.join('\n') });
  const written = lines.map((line) => `        ${JSON.stringify(line)}`).join(',\n');
  expect(after === BY_HAND.replace('"sql":"SELECT * FROM trips"', `"sql":[\n${written}\n    ]`)).toBe(true);
});

test('a new key keeps the layout whatever it is called', () => {
  const low = { type: 'number', value: '0' } as const;
  const text = BY_HAND.replace('"kind":"query",', `"kind":"query", "parameters": {"low": ${JSON.stringify(low)}},`);
  const parameters = { low, value_: { type: 'number', value: '2' } } as const;
  const after = edited(text, { type: 'parameters', id: 'far', parameters });
  expect(after).toContain('    { "kind": "source", "id": "trips",\n      "files": [ "trips.csv" ], "mine": 1 },');
  expect(readDocument(after).document.nodes[1]).toMatchObject({ parameters });
});

test('deleting a node leaves the lines of the others', () => {
  const after = edited(BY_HAND, { type: 'remove', ids: ['far'] });
  expect(changedLines(BY_HAND, after)).toEqual({
    gone: [
      '    {"id":"far",   "kind":"query", "sql":"SELECT * FROM trips"},',
      '    "rows": { "y": 0, "x": 0, "height": 300, "width": 400 }, "far": {"x":500,"y":0,"width":300,"height":200},',
    ],
    added: ['    "rows": { "y": 0, "x": 0, "height": 300, "width": 400 },'],
  });
  expect(readDocument(after).document.nodes.map(({ id }) => id)).toEqual(['trips', 'rows']);
});

test('whatever was laid out by hand reads as the changed document', () => {
  fc.assert(
    fc.property(arbitraryDocument, fc.constantFrom(0, 1, 4, '\t'), fc.nat(), (document, indent, at) => {
      const text = JSON.stringify(JSON.parse(writeDocument(document)), null, indent);
      const before = readDocument(text).document;
      const ids = before.nodes
        .map(({ id }) => id)
        .filter((_, index) => index === at % Math.max(1, before.nodes.length));
      const after = applyEdit(before, { type: 'remove', ids });
      expect(writeDocument(readDocument(rewriteText(text, before, after)).document)).toBe(writeDocument(after));
    }),
  );
});
