import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyDocument } from '#common/document/emptyDocument';
import type { DocumentReading } from '#common/document/pikaDocument';
import { readDocument } from '#common/document/readDocument';
import { writeDocument } from '#common/document/writeDocument';

/** Reads a text; the problems are given as `line: node`. */
function check(
  name: string,
  text: string,
  expected: {
    readonly reason: DocumentReading['readOnlyReason'];
    readonly ids: readonly string[];
    readonly problems: readonly string[];
  },
): void {
  test(name, () => {
    const { document, problems, readOnlyReason } = readDocument(text);
    expect({
      reason: readOnlyReason,
      ids: document.nodes.map(({ id }) => id),
      problems: problems.map(({ line, nodeId }) => `${line ?? '?'}: ${nodeId ?? '-'}`),
      areAllPlaced: document.nodes.every(({ id }) => Object.hasOwn(document.layout, id)),
    }).toEqual({ ...expected, areAllPlaced: true });
  });
}

const whole = (nodes: string, rest = '') => `{\n"version": 1,\n"nodes": [\n${nodes}\n]${rest}\n}`;
const query = (id: string, sql = '["SELECT 1"]') => `{ "id": ${JSON.stringify(id)}, "kind": "query", "sql": ${sql} }`;

check('an empty text is an empty workspace', '', { reason: null, ids: [], problems: [] });
check('white space is an empty workspace', ' \n\t', { reason: null, ids: [], problems: [] });
check('a version is all it needs', '{ "version": 1 }', { reason: null, ids: [], problems: [] });
check('nodes without a place get one', whole(`${query('a')},\n${query('b')}`), {
  reason: null,
  ids: ['a', 'b'],
  problems: [],
});
check('a text in place of lines of SQL is understood', whole(query('a', '"SELECT 1"')), {
  reason: null,
  ids: ['a'],
  problems: [],
});

describe('text that is no workspace', () => {
  check('a JSON array', '[1]', { reason: 'invalid', ids: [], problems: ['1: -'] });
  check('no JSON at all', 'hello', { reason: 'invalid', ids: [], problems: ['1: -'] });
  check('no version', '{\n"nodes": []\n}', { reason: 'invalid', ids: [], problems: ['1: -'] });
  check('a version that is no number', '{\n"version": "1"\n}', { reason: 'invalid', ids: [], problems: ['2: -'] });
  check('a comment', '{ "version": 1\n// mine\n}', { reason: 'invalid', ids: [], problems: ['2: -'] });
  check('a trailing comma', '{ "version": 1,\n}', { reason: 'invalid', ids: [], problems: ['2: -'] });
  check('a repeated key', '{ "version": 1,\n"nodes": [],\n"nodes": [] }', {
    reason: 'invalid',
    ids: [],
    problems: ['3: -'],
  });
  check('a number too large to keep', '{ "version": 1,\n"x": 12345678901234567890 }', {
    reason: 'invalid',
    ids: [],
    problems: ['2: -'],
  });
  check('nesting without end', '['.repeat(200_000), { reason: 'invalid', ids: [], problems: ['1: -'] });
});

describe('damaged nodes are told with their line, and the others are drawn', () => {
  check('a text that breaks off', `${whole(query('a')).slice(0, -3)},\n{ "id": "b"`, {
    reason: 'invalid',
    ids: ['a'],
    problems: ['6: -', '6: -'],
  });
  check('no id', whole(`{ "kind": "query" },\n${query('b')}`), { reason: 'invalid', ids: ['b'], problems: ['4: -'] });
  check('an empty id', whole(query('')), { reason: 'invalid', ids: [], problems: ['4: -'] });
  check('two equal ids', whole(`${query('a')},\n${query('A')}`), { reason: 'invalid', ids: ['a'], problems: ['5: A'] });
  check('SQL that is a number', whole('{ "id": "a", "kind": "query",\n"sql": 5 }'), {
    reason: 'invalid',
    ids: ['a'],
    problems: ['5: a'],
  });
  check('a plot without a mark', whole('{ "id": "p", "kind": "plot", "data": "a",\n"spec": { "x": 1 } }'), {
    reason: 'invalid',
    ids: ['p'],
    problems: ['5: p'],
  });
  check('files that are no texts', whole('{ "id": "s", "kind": "source",\n"files": [1] }'), {
    reason: 'invalid',
    ids: ['s'],
    problems: ['5: s'],
  });
  check('nodes that are no array', '{ "version": 1,\n"nodes": {} }', {
    reason: 'invalid',
    ids: [],
    problems: ['2: -'],
  });
});

describe('what can be kept does not make a workspace read-only', () => {
  check('a kind of a later version', whole('{ "id": "f", "kind": "filter", "where": "x > 1" }'), {
    reason: null,
    ids: ['f'],
    problems: [],
  });
  check(
    'a format of a later version',
    whole('{ "id": "s", "kind": "source", "files": ["a.xlsx"],\n"format": "xlsx" }'),
    { reason: null, ids: ['s'], problems: ['5: s'] },
  );
  check('files without a known ending', whole('{ "id": "s", "kind": "source", "files": ["data.bin"] }'), {
    reason: null,
    ids: ['s'],
    problems: ['4: s'],
  });
  check(
    'a place for no node',
    whole(query('a'), ',\n"layout": {\n"b": { "x": 0, "y": 0, "width": 1, "height": 1 } }'),
    { reason: null, ids: ['a'], problems: ['7: -'] },
  );
  check(
    'absurd places',
    whole(
      `${query('a')},${query('b')}`,
      ',\n"layout": {\n"a": { "x": 1e300, "y": 0, "width": 1, "height": 1 },\n"b": { "x": 0, "y": 0, "width": -5, "height": 1 } }',
    ),
    { reason: null, ids: ['a', 'b'], problems: ['7: a', '8: b'] },
  );
});

check('a newer version is drawn but not written', '{ "version": 99, "nodes": [{ "id": "a", "kind": "hologram" }] }', {
  reason: 'newer-version',
  ids: ['a'],
  problems: [],
});

test('keys such as __proto__ are keys like any other', () => {
  const text = whole(
    `{ "id": "__proto__", "kind": "query", "sql": [], "__proto__": { "polluted": 1 } }, ${query('constructor')}`,
    ', "__proto__": 5, "layout": { "__proto__": { "x": 5, "y": 6, "width": 7, "height": 8 } }',
  );
  const { document, readOnlyReason } = readDocument(text);
  expect({
    ids: document.nodes.map(({ id }) => id),
    readOnlyReason,
    isClean: !('polluted' in {}) && !('polluted' in document.layout),
    again: readDocument(writeDocument(document)).document,
  }).toEqual({ ids: ['__proto__', 'constructor'], readOnlyReason: null, isClean: true, again: document });
});

test('no text makes reading throw', () => {
  const json = fc.json().map((text) => text);
  const like = fc
    .record({ version: fc.constantFrom(1, 2, '1'), nodes: fc.anything(), layout: fc.anything(), more: fc.anything() })
    .map((value) => JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)));
  const cut = fc.tuple(fc.constant(whole(`${query('a')},${query('b')}`)), fc.nat(120), fc.string({ maxLength: 3 }));
  const damaged = cut.map(([text, at, inserted]) => text.slice(0, at) + inserted + text.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(fc.string(), json, like, damaged), (text) => {
      const reading = readDocument(text);
      expect(reading.readOnlyReason === 'invalid').toBe(reading.document.version === 1 && isFatal(reading));
    }),
    { numRuns: 3000, seed: 5 },
  );
});

function isFatal({ readOnlyReason, problems }: DocumentReading): boolean {
  return problems.length > 0 && readOnlyReason !== null;
}

test('an empty workspace reads as the one that is made', () => {
  expect(readDocument(writeDocument(emptyDocument()))).toEqual(readDocument(''));
});

const remote = (rest: string) => `{ "id": "a", "kind": "source", ${rest} }`;
check(
  'a source may have a connection in place of files',
  whole(remote('"files": [], "connection": "c", "target": "t"')),
  {
    reason: null,
    ids: ['a'],
    problems: [],
  },
);
check('a connection without a target is a fault', whole(remote('"files": [], "connection": "c"')), {
  reason: 'invalid',
  ids: ['a'],
  problems: ['4: a'],
});
check('files and a connection are a fault', whole(remote('"files": ["a.csv"], "connection": "c", "target": "t"')), {
  reason: 'invalid',
  ids: ['a'],
  problems: ['4: a'],
});
