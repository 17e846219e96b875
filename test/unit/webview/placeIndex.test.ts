import { describe, expect, it } from 'vitest';
import { PlaceIndex, type Box } from '../../../webview/canvas/placeIndex.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const random = seededRandom(7);
const places = new Map<string, Box>(
  Array.from({ length: 400 }, (_, index) => [
    `n${index}`,
    { x: random() * 5000 - 2500, y: random() * 5000 - 2500, width: 50 + random() * 400, height: 50 + random() * 300 },
  ]),
);

describe('PlaceIndex', () => {
  it('finds the rectangles that a look at each of them finds', () => {
    const index = new PlaceIndex(places);
    for (let turn = 0; turn < 50; turn++) {
      const view = {
        x: random() * 5000 - 2500,
        y: random() * 5000 - 2500,
        width: random() * 1500,
        height: random() * 900,
      };
      const expected = [...places].filter(([, place]) => isTouching(place, view)).map(([id]) => id);
      expect(index.touching(view).sort()).toEqual(expected.sort());
    }
  });

  it('gives the nearest first, only those that are wanted', () => {
    const isWanted = (id: string) => id.endsWith('3');
    const distances = [...places].filter(([id]) => isWanted(id)).map(([, place]) => distance(place, 100, -200));
    const expected = distances.sort((a, b) => a - b).slice(0, 10);
    const found = new PlaceIndex(places).nearest(100, -200, 10, isWanted);
    expect(found.map((id) => distance(places.get(id) as Box, 100, -200))).toEqual(expected);
  });

  it('finds nothing where there is nothing', () => {
    const index = new PlaceIndex(new Map());
    expect([index.touching({ x: 0, y: 0, width: 1, height: 1 }), index.nearest(0, 0, 3)]).toEqual([[], []]);
  });
});

function isTouching(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}

function distance({ x, y, width, height }: Box, px: number, py: number): number {
  return Math.hypot(Math.max(x - px, 0, px - x - width), Math.max(y - py, 0, py - y - height));
}
