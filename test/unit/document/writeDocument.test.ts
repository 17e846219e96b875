import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PikaDocument } from '#common/document/pikaDocument';
import { readDocument } from '#common/document/readDocument';
import { writeDocument } from '#common/document/writeDocument';
import { arbitraryDocument } from './arbitraryDocument.ts';

const extra = {};

const workspace: PikaDocument = {
  version: 1,
  nodes: [
    { kind: 'source', id: 'flights', files: ['data/flights-3m.parquet'], format: 'parquet', options: {}, extra },
    {
      kind: 'source',
      id: 'weather',
      files: ['weather.txt'],
      format: 'csv',
      options: { nullstr: ['', 'NA'], skip: 2 },
      extra: { colour: 'red' },
    },
    { kind: 'query', id: 'late', sql: 'SELECT *\nFROM flights\nWHERE delay > 15', extra },
    { kind: 'table', id: 'late_table', data: 'late', extra },
    {
      kind: 'plot',
      id: 'late_plot',
      data: 'late',
      spec: { title: 'Late', y: { aggregate: 'count' }, x: { field: 'delay', bin: true }, mark: 'bar' },
      extra,
    },
    { kind: 'plot', id: 'open_plot', data: 'late', spec: null, extra },
    { kind: 'note', id: 'note', text: '', extra },
    { kind: 'unknown', id: 'only_late', unknownKind: 'filter', extra: { where: 'delay > 60' } },
  ],
  layout: {
    late: { x: 40, y: 320, width: 400, height: 220 },
    flights: { x: 40, y: 40, width: 260, height: 180 },
  },
  extra: { author: { name: 'Ada' } },
};

const text = `{
  "version": 1,
  "nodes": [
    {
      "id": "flights",
      "kind": "source",
      "files": ["data/flights-3m.parquet"]
    },
    {
      "id": "weather",
      "kind": "source",
      "files": ["weather.txt"],
      "format": "csv",
      "options": { "nullstr": ["", "NA"], "skip": 2 },
      "colour": "red"
    },
    {
      "id": "late",
      "kind": "query",
      "sql": [
        "SELECT *",
        "FROM flights",
        "WHERE delay > 15"
      ]
    },
    {
      "id": "late_table",
      "kind": "table",
      "data": "late"
    },
    {
      "id": "late_plot",
      "kind": "plot",
      "data": "late",
      "spec": {
        "mark": "bar",
        "x": { "field": "delay", "bin": true },
        "y": { "aggregate": "count" },
        "title": "Late"
      }
    },
    {
      "id": "open_plot",
      "kind": "plot",
      "data": "late",
      "spec": null
    },
    {
      "id": "note",
      "kind": "note",
      "text": [
        ""
      ]
    },
    {
      "id": "only_late",
      "kind": "filter",
      "where": "delay > 60"
    }
  ],
  "layout": {
    "flights": { "x": 40, "y": 40, "width": 260, "height": 180 },
    "late": { "x": 40, "y": 320, "width": 400, "height": 220 }
  },
  "author": { "name": "Ada" }
}
`;

test('a workspace has one text', () => expect(writeDocument(workspace)).toBe(text));

test('any workspace is read as it was written, and written as it was read', () => {
  fc.assert(
    fc.property(arbitraryDocument, (document) => {
      const written = writeDocument(document);
      const { document: read, problems, readOnlyReason } = readDocument(written);
      expect(readOnlyReason).toBeNull();
      expect(writeDocument(read)).toBe(written);
      if (problems.length === 0) expect(read).toEqual(document);
    }),
    { numRuns: 1000, seed: 11 },
  );
});
