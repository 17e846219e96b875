import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdit } from '#common/document/applyEdit';
import { buildGraph } from '#common/document/graph';
import type { JsonObject } from '#common/document/jsonText';
import { readDocument } from '#common/document/readDocument';
import { rewriteText } from '#common/document/rewriteText';
import { writeDocument } from '#common/document/writeDocument';

const NOTE = 'a note that is added';
const MEGABYTE = 1024 * 1024;
const RUNS = { numRuns: 400, seed: 11 };

const word = fc.constantFrom('a', 'B', 'flights', '__proto__', 'constructor', '<b>x</b>', '../../etc/passwd', '');
const anything = fc.jsonValue({ maxDepth: 2 });
const id = fc.oneof(
  { weight: 6, arbitrary: fc.string({ minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: word },
);

/** A value that mostly fits a field, and sometimes is anything. */
const mostly = (fitting: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary: fitting }, { weight: 1, arbitrary: anything });
const lines = mostly(fc.oneof(fc.string(), fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 })));
const channel = fc.record({ field: mostly(word), bin: anything, later: anything }, { requiredKeys: [] });

const node = fc
  .tuple(
    fc.record({
      id: mostly(id),
      kind: mostly(fc.constantFrom('source', 'query', 'table', 'plot', 'note', 'frame', 'filter')),
    }),
    fc.record(
      {
        files: mostly(fc.array(fc.constantFrom('a.csv', 'b.parquet', '../c.csv', 'd.unknown'), { maxLength: 2 })),
        format: mostly(fc.constantFrom('csv', 'parquet', 'xlsx')),
        options: mostly(fc.dictionary(fc.string({ maxLength: 4 }), anything, { maxKeys: 2 })),
        sql: lines,
        text: lines,
        title: mostly(fc.string()),
        color: mostly(fc.constantFrom('blue', 'none')),
        data: mostly(word),
        spec: mostly(
          fc.record({ mark: fc.constantFrom('bar', 'later'), x: channel, y: channel }, { requiredKeys: ['mark'] }),
        ),
      },
      { requiredKeys: ['files', 'sql', 'text', 'data'] },
    ),
    fc.dictionary(fc.constantFrom('mine', 'later', '__proto__', 'toString'), anything, { maxKeys: 2 }),
  )
  .map((parts) => merge(parts));
const place = fc.record({
  x: mostly(fc.integer({ min: -100, max: 100 })),
  y: mostly(fc.constantFrom(0, 1e300, -0)),
  width: mostly(fc.constantFrom(100, -1, 0)),
  height: fc.constant(50),
});
const workspace = fc
  .tuple(
    fc.record({ version: fc.constant(1) }),
    fc.record(
      {
        run: mostly(fc.constantFrom('automatic', 'on-request')),
        nodes: mostly(fc.array(node, { maxLength: 4 })),
        layout: mostly(fc.dictionary(fc.oneof(id, word), mostly(place), { maxKeys: 4 })),
      },
      { requiredKeys: [] },
    ),
    fc.dictionary(fc.constantFrom('owner', 'zeta', '__proto__'), anything, { maxKeys: 2 }),
  )
  .map((parts) => merge(parts));

/** One object with the members of several; `__proto__` is a key like any other. */
function merge(parts: readonly object[]): JsonObject {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

/** A text with an added note, as the editor writes it; null where the text is read-only. */
function withNote(text: string): string | null {
  const { document, readOnlyReason } = readDocument(text);
  if (readOnlyReason !== null) return null;
  const added = { kind: 'note', id: NOTE, text: '', extra: {} } as const;
  const layout = { [NOTE]: { x: 0, y: 0, width: 10, height: 10 } };
  return rewriteText(text, document, applyEdit(document, { type: 'add', nodes: [added], layout }));
}

/** What stands in a text besides the added note. */
function withoutNote(text: string): { readonly nodes: unknown; readonly layout: JsonObject } {
  const { nodes, layout, ...rest } = JSON.parse(text) as { nodes: { id: unknown }[]; layout: JsonObject };
  const places = Object.fromEntries(Object.entries(layout).filter(([key]) => key !== NOTE));
  return { ...rest, nodes: nodes.filter((each) => each.id !== NOTE), layout: places };
}

function isUsable(value: unknown): boolean {
  const { x, y, width, height } = (value ?? {}) as JsonObject;
  const isNear = (each: unknown) => typeof each === 'number' && Math.abs(each) < 1e6;
  return [x, y, width, height].every(isNear) && Number(width) > 0 && Number(height) > 0;
}

test('an edit loses nothing of a text that was written by hand, whether it was understood or not', () => {
  let editable = 0;
  fc.assert(
    fc.property(workspace, fc.constantFrom(0, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const after = withNote(text);
      if (after === null) return;
      editable++;
      const { nodes = [], layout = {}, ...rest } = JSON.parse(text) as { nodes?: unknown; layout?: JsonObject };
      const written = withoutNote(after);
      expect(written).toEqual({ ...rest, nodes, layout: expect.anything() as unknown });
      const ids = new Set(readDocument(text).document.nodes.map((each) => each.id));
      // What cannot be used as the place of a node is the one thing that may be replaced.
      const kept = Object.entries(layout).filter(([key, each]) => !ids.has(key) || isUsable(each));
      expect(Object.entries(written.layout)).toEqual(expect.arrayContaining(kept));
    }),
    RUNS,
  );
  expect(editable).toBeGreaterThan(RUNS.numRuns / 4);
});

test('reading changes no byte, and what is read is read again from what is written', () => {
  fc.assert(
    fc.property(workspace, (value) => {
      const text = JSON.stringify(value);
      const { document, readOnlyReason } = readDocument(text);
      expect(rewriteText(text, document, document) === text || readOnlyReason !== null).toBe(true);
      if (readOnlyReason === null) expect(readDocument(writeDocument(document)).document).toEqual(document);
    }),
    RUNS,
  );
});

describe('ten megabytes', () => {
  const many = (count: number, of: (index: number) => string) =>
    Array.from({ length: count }, (_, at) => of(at)).join();
  const workspaceOf = (nodes: string, layout = '') => `{"version":1,"nodes":[${nodes}],"layout":{${layout}}}`;

  test.each([
    ['of one query', workspaceOf(`{"id":"a","kind":"query","sql":"${'x'.repeat(10 * MEGABYTE)}"}`), 1, null],
    ['of nodes without a kind', workspaceOf(many(60_000, (at) => `\n{"id":"node ${at}","is":"none"}`)), 0, 'invalid'],
    [
      'of places for no node',
      workspaceOf(
        '',
        many(60_000, (at) => `\n"node ${at}":{"x":${at},"y":0}`),
      ),
      0,
      null,
    ],
    ['of digits', workspaceOf('', `"a":${'9'.repeat(10 * MEGABYTE)}`), 0, 'invalid'],
    ['of opened brackets', workspaceOf(`{"id":"a","kind":"later","x":${'['.repeat(10 * MEGABYTE)}`), 0, 'invalid'],
  ] as const)('%s are read', (_name, text, nodeCount, readOnlyReason) => {
    const reading = readDocument(text);
    expect([reading.document.nodes.length, reading.readOnlyReason]).toEqual([nodeCount, readOnlyReason]);
    expect(reading.problems.length).toBeLessThanOrEqual(100);
  });

  test('of tables that all show one source are a graph', () => {
    const count = 20_000;
    const tables = many(count, (at) => `{"id":"t${at}","kind":"table","data":"s"}`);
    const places = many(count, (at) => `"t${at}":{"x":${at},"y":0,"width":10,"height":10}`);
    const { document } = readDocument(workspaceOf(`{"id":"s","kind":"source","files":["a.csv"]},${tables}`, places));
    const graph = buildGraph(document, new Map());
    expect([graph.edges.length, graph.order.length, graph.dependants('s').length]).toEqual([count, count + 1, count]);
  });
});

test('nesting that could be read but not written is a fault with its line', () => {
  const deep = (depth: number) => `{"version":1,"nodes":[],\n"mine":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  expect(readDocument(deep(90)).readOnlyReason).toBeNull();
  for (const depth of [1000, 5000, 20_000]) {
    const { readOnlyReason, problems } = readDocument(deep(depth));
    expect([readOnlyReason, problems[0]?.line]).toEqual(['invalid', 2]);
  }
});
