import { expect, test } from 'vitest';
import { alignPlaces, distributePlaces } from '../../../webview/canvas/selectionPlaces.ts';
import { nearestNode } from '../../../webview/canvas/nearestNode.ts';

const places = {
  a: { x: 0, y: 0, width: 100, height: 50 },
  b: { x: 130, y: 40, width: 40, height: 100 },
  c: { x: 400, y: 10, width: 100, height: 20 },
};

test('aligns with the box around all, giving only what moves', () => {
  const corner = (moved: typeof places | object) =>
    Object.fromEntries(Object.entries(moved as typeof places).map(([id, { x, y }]) => [id, [x, y]]));
  expect([
    corner(alignPlaces(places, 'left')),
    corner(alignPlaces(places, 'right')),
    corner(alignPlaces(places, 'center')),
    corner(alignPlaces(places, 'bottom')),
    corner(distributePlaces(places, 'horizontal')),
  ]).toEqual([
    { b: [0, 40], c: [0, 10] },
    { a: [400, 0], b: [460, 40] },
    { a: [200, 0], b: [230, 40], c: [200, 10] },
    { a: [0, 90], c: [400, 120] },
    { b: [230, 40] },
  ]);
});

test('a node straight ahead is nearer than a closer one aside', () => {
  const map = new Map(Object.entries(places));
  expect([
    nearestNode(map, 'a', 'ArrowRight'),
    nearestNode(map, 'b', 'ArrowRight'),
    nearestNode(map, 'c', 'ArrowLeft'),
    nearestNode(map, 'a', 'ArrowLeft'),
  ]).toEqual(['b', 'c', 'a', null]);
});
