import { expect, test } from 'vitest';
import { edgeGeometry, pointOnEdge } from '../../../webview/canvas/edgeGeometry.ts';
import { placeLabels, type EdgeText } from '../../../webview/canvas/edgeLabels.ts';

/** Two sources above each other, read by two nodes in the other order: the curves cross in their middle. */
const UPPER = { x: 0, y: 0, width: 200, height: 100 };
const LOWER = { x: 0, y: 300, width: 200, height: 100 };
const crossing: readonly EdgeText[] = [
  { id: 'a', text: '2.9 k', geometry: edgeGeometry(UPPER, { ...LOWER, x: 400 }) },
  { id: 'b', text: '8.8 k', geometry: edgeGeometry(LOWER, { ...UPPER, x: 400 }) },
];

test('a label alone stands above the middle of its edge', () => {
  const [only] = crossing;
  const middle = only && pointOnEdge(only.geometry, 0.5);
  expect(placeLabels(crossing.slice(0, 1)).get('a')).toEqual({ text: '2.9 k', x: middle?.x, y: (middle?.y ?? 0) - 6 });
});

test('labels of edges that cross do not lie on each other', () => {
  const placed = placeLabels(crossing);
  const [a, b] = [placed.get('a'), placed.get('b')];
  const apart = Math.abs((a?.x ?? 0) - (b?.x ?? 0)) > 36 || Math.abs((a?.y ?? 0) - (b?.y ?? 0)) >= 12;
  expect([placed.size, apart]).toEqual([2, true]);
});

test('where an edge has no free place its label is left out, and edges that go down have none', () => {
  const same = Array.from({ length: 9 }, (_, index) =>
    crossing.slice(0, 1).map((each) => ({ ...each, id: `${index}` })),
  ).flat();
  const size = placeLabels(same).size;
  expect(size > 1 && size < 9).toBe(true);
  expect(placeLabels([{ id: 'down', text: '1', geometry: edgeGeometry(UPPER, LOWER) }]).size).toBe(0);
});
