import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyDocument } from '#common/document/emptyDocument';
import type { NodeLayout, PikaDocument, PikaNode } from '#common/document/pikaDocument';
import { GRID_PX, placeNodes } from '#common/document/placeNodes';
import { arbitraryDocument } from './arbitraryDocument.ts';

const extra = {};
const trio = (id: string): readonly PikaNode[] => [
  { kind: 'source', id, files: [`${id}.csv`], format: 'csv', options: {}, extra },
  { kind: 'table', id: `${id}_table`, data: id, extra },
  { kind: 'plot', id: `${id}_plot`, data: id, spec: null, extra },
];

function overlaps(a: NodeLayout, b: NodeLayout): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function faults(before: PikaDocument, after: PikaDocument): readonly string[] {
  const isNew = (id: string) => !Object.hasOwn(before.layout, id);
  const places = Object.entries(after.layout);
  return places.flatMap(([id, place], index) => [
    ...(isNew(id) || before.layout[id] === place ? [] : [`${id} moved`]),
    ...(isNew(id) && (place.x % GRID_PX !== 0 || place.y % GRID_PX !== 0) ? [`${id} off the grid`] : []),
    ...places
      .slice(index + 1)
      .filter(([other, its]) => (isNew(id) || isNew(other)) && overlaps(place, its))
      .map(([other]) => `${id} over ${other}`),
  ]);
}

test('a file, its table below it and its plot beside both stand flush', () => {
  expect(placeNodes(emptyDocument(), trio('a')).layout).toEqual({
    a: { x: 40, y: 40, width: 460, height: 180 },
    a_table: { x: 40, y: 260, width: 460, height: 340 },
    a_plot: { x: 540, y: 40, width: 560, height: 560 },
  });
});

test('a second file goes below the first', () => {
  const first = placeNodes(emptyDocument(), trio('a'));
  expect(placeNodes(first, trio('b')).layout['b']).toEqual({ x: 40, y: 680, width: 460, height: 180 });
});

test('nothing is moved or covered, whatever is there', () => {
  fc.assert(
    fc.property(arbitraryDocument, (document) => {
      const after = placeNodes(document, [...trio('new-a'), ...trio('new-b')]);
      expect(faults(document, after)).toEqual([]);
    }),
    { numRuns: 300, seed: 4 },
  );
});
