import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NodeLayout, PikaDocument, PikaNode } from '#common/document/pikaDocument';
import { arrangePlaces } from '../../../webview/canvas/arrange.ts';

const arbitraryGraph = fc.record({
  sizes: fc.array(
    fc.record({
      x: fc.nat(2000),
      y: fc.nat(2000),
      width: fc.integer({ min: 40, max: 700 }),
      height: fc.integer({ min: 40, max: 500 }),
    }),
    { minLength: 1, maxLength: 14 },
  ),
  links: fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 20 }),
});

test('arranged nodes never overlap and keep their sizes', () => {
  fc.assert(
    fc.property(arbitraryGraph, ({ sizes, links }) => {
      const nodes = sizes.map((_, index): PikaNode => ({ kind: 'note', id: `n${index}`, text: '', extra: {} }));
      const layout = new Map(sizes.map((place, index) => [`n${index}`, place] as const));
      const edges = links
        .filter(([a, b]) => a < b && b < sizes.length)
        .map(([a, b]) => ({ from: `n${a}`, to: `n${b}` }));
      const after = new Map([...layout, ...Object.entries(arrangePlaces(documentOf(nodes), layout, edges))]);
      const places = [...after.values()];
      expect(places.flatMap((a, i) => places.slice(i + 1).filter((b) => overlaps(a, b)))).toEqual([]);
      expect(places.map(({ width, height }) => [width, height])).toEqual(
        sizes.map(({ width, height }) => [width, height]),
      );
    }),
    { numRuns: 60 },
  );
});

test('what lies in a frame stays in it, and the rest out of it', () => {
  const frame: PikaNode = { kind: 'frame', id: 'f', title: 'F', extra: {} };
  const notes = ['a', 'b', 'out'].map((id): PikaNode => ({ kind: 'note', id, text: '', extra: {} }));
  const layout = new Map<string, NodeLayout>([
    ['f', { x: 0, y: 0, width: 1000, height: 600 }],
    ['a', { x: 40, y: 60, width: 200, height: 100 }],
    ['b', { x: 60, y: 80, width: 200, height: 100 }],
    ['out', { x: 1100, y: 0, width: 200, height: 100 }],
  ]);
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'out' },
  ];
  const after = new Map([...layout, ...Object.entries(arrangePlaces(documentOf([frame, ...notes]), layout, edges))]);
  const at = (id: string) => after.get(id) as NodeLayout;
  expect([
    within(at('a'), at('f')),
    within(at('b'), at('f')),
    overlaps(at('out'), at('f')),
    overlaps(at('a'), at('b')),
  ]).toEqual([true, true, false, false]);
});

function documentOf(nodes: readonly PikaNode[]): PikaDocument {
  return { version: 1, nodes, layout: {}, extra: {} };
}

function overlaps(a: NodeLayout, b: NodeLayout): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function within(a: NodeLayout, b: NodeLayout): boolean {
  return a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
}
