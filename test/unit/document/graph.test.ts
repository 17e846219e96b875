import { expect, test } from 'vitest';
import { buildGraph } from '#common/document/graph';
import type { PikaNode } from '#common/document/pikaDocument';

/** Nodes as `kind id` with the names they read. */
function graphOf(nodes: Readonly<Record<string, readonly string[]>>) {
  const extra = {};
  const made = Object.entries(nodes).map(([text, reads]): PikaNode => {
    const [kind = '', id = ''] = text.split(' ');
    if (kind === 'source') return { kind, id, files: [], format: 'csv', options: {}, extra };
    if (kind === 'query') return { kind, id, sql: '', extra };
    if (kind === 'table') return { kind, id, data: reads[0] ?? '', extra };
    return { kind: 'note', id, text: '', extra };
  });
  const references = new Map(
    Object.entries(nodes).map(([text, reads]) => [
      text.split(' ')[1] ?? '',
      reads.map((name) => ({ name, start: 0, end: 0 })),
    ]),
  );
  return buildGraph({ version: 1, nodes: made, layout: {}, extra }, references);
}

test('edges lead from what is read to what reads it, whatever the case and how often', () => {
  const graph = graphOf({
    'table t': ['Q'],
    'query q': ['FLIGHTS', 'flights', 'unknown', 'note', 't'],
    'source flights': [],
    'note note': [],
  });
  expect({ edges: graph.edges, order: graph.order, up: graph.upstream('q'), none: graph.upstream('nobody') }).toEqual({
    edges: [
      { from: 'q', to: 't' },
      { from: 'flights', to: 'q' },
    ],
    order: ['flights', 'note', 'q', 't'],
    up: ['flights'],
    none: [],
  });
});

test('a node reaches all it depends on, in order, and knows its dependants', () => {
  const graph = graphOf({
    'query d': ['b', 'c'],
    'query c': ['a'],
    'query b': ['a'],
    'source a': [],
    'query lone': [],
    'table t': ['d'],
  });
  expect({ reach: graph.reach('d'), dependants: graph.dependants('a'), cyclic: [...graph.cyclic] }).toEqual({
    reach: ['a', 'c', 'b'],
    dependants: ['c', 'b', 'd', 't'],
    cyclic: [],
  });
});

test('only the nodes of a circle are cyclic; what reads them comes last', () => {
  const graph = graphOf({
    'query after': ['a'],
    'query a': ['b'],
    'query b': ['a'],
    'query self': ['self'],
    'query before': [],
    'table t': ['after'],
  });
  expect({ cyclic: [...graph.cyclic], order: graph.order, reach: graph.reach('a') }).toEqual({
    cyclic: ['a', 'b', 'self'],
    order: ['before', 'after', 'a', 'b', 'self', 't'],
    reach: ['b'],
  });
});

test('ten thousand nodes in a chain are sorted at once', () => {
  const nodes = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [`query q${2000 - index}`, [`q${1999 - index}`]] as const),
  );
  expect(graphOf(nodes).order[0]).toBe('q1');
});
