import { expect, test } from 'vitest';
import type { NodeLayout } from '#common/document/pikaDocument';
import { distanceToEdge, edgeGeometry, pointOnEdge } from '../../../webview/canvas/edgeGeometry.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const FROM: NodeLayout = { x: 0, y: 0, width: 200, height: 100 };

function check(name: string, to: NodeLayout, expected: { from: object; to: object; isSideways: boolean }): void {
  test(name, () => {
    const { from, to: end, isSideways, path } = edgeGeometry(FROM, to);
    expect({ from, to: end, isSideways }).toEqual(expected);
    expect(path.startsWith(`M${from.x} ${from.y}C`) && path.endsWith(`${end.x} ${end.y}`)).toBe(true);
  });
}

check(
  'a node on the right is reached sideways, in the middle of the shared height',
  { x: 300, y: 20, width: 100, height: 80 },
  {
    from: { x: 200, y: 60 },
    to: { x: 300, y: 60 },
    isSideways: true,
  },
);
check(
  'a node below is reached from the lower side',
  { x: 100, y: 200, width: 300, height: 100 },
  {
    from: { x: 150, y: 100 },
    to: { x: 150, y: 200 },
    isSideways: false,
  },
);
check(
  'a node above is reached from the upper side',
  { x: 0, y: -300, width: 200, height: 100 },
  {
    from: { x: 100, y: 0 },
    to: { x: 100, y: -200 },
    isSideways: false,
  },
);
check(
  'ports stay away from the corners',
  { x: 300, y: 90, width: 100, height: 400 },
  {
    from: { x: 200, y: 76 },
    to: { x: 300, y: 114 },
    isSideways: true,
  },
);

test('the distance from an edge is the least of the distances from points all along the curve that is drawn', () => {
  const edge = edgeGeometry(FROM, { x: 420, y: 300, width: 100, height: 80 });
  const along = Array.from({ length: 20_001 }, (_, index) => drawnPoint(edge.path, index / 20_000));
  const random = seededRandom(11);
  for (let turn = 0; turn < 40; turn++) {
    const point = { x: random() * 500, y: random() * 400 };
    const expected = Math.min(...along.map(({ x, y }) => Math.hypot(x - point.x, y - point.y)));
    expect(Math.abs(distanceToEdge(edge, point) - expected)).toBeLessThan(0.5);
  }
  for (const share of [0, 0.37, 0.5, 1]) {
    const [{ x, y }, expected] = [pointOnEdge(edge, share), drawnPoint(edge.path, share)];
    expect(Math.hypot(x - expected.x, y - expected.y)).toBeLessThan(1e-9);
  }
});

/** De Casteljau's construction on the numbers of the path. */
function drawnPoint(path: string, share: number): { readonly x: number; readonly y: number } {
  const numbers = path.split(/[MC ]/).filter(Boolean).map(Number);
  let points = [0, 2, 4, 6].map((at) => ({ x: numbers[at] ?? Number.NaN, y: numbers[at + 1] ?? Number.NaN }));
  while (points.length > 1) {
    points = points.slice(1).map((end, index) => {
      const start = points[index] ?? end;
      return { x: start.x + share * (end.x - start.x), y: start.y + share * (end.y - start.y) };
    });
  }
  return points[0] ?? { x: Number.NaN, y: Number.NaN };
}
