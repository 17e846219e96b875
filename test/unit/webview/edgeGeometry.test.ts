import { expect, test } from 'vitest';
import type { NodeLayout } from '#common/document/pikaDocument';
import { edgeGeometry } from '../../../webview/canvas/edgeGeometry.ts';

const FROM: NodeLayout = { x: 0, y: 0, width: 200, height: 100 };

function check(name: string, to: NodeLayout, expected: { from: object; to: object; hasLabel: boolean }): void {
  test(name, () => {
    const { from, to: end, label, path } = edgeGeometry(FROM, to);
    expect({ from, to: end, hasLabel: label !== null }).toEqual(expected);
    expect(path.startsWith(`M${from.x} ${from.y}C`) && path.endsWith(`${end.x} ${end.y}`)).toBe(true);
  });
}

check(
  'a node on the right is reached sideways, in the middle of the shared height',
  { x: 300, y: 20, width: 100, height: 80 },
  {
    from: { x: 200, y: 60 },
    to: { x: 300, y: 60 },
    hasLabel: true,
  },
);
check(
  'a node below is reached from the lower side',
  { x: 100, y: 200, width: 300, height: 100 },
  {
    from: { x: 150, y: 100 },
    to: { x: 150, y: 200 },
    hasLabel: false,
  },
);
check(
  'a node above is reached from the upper side',
  { x: 0, y: -300, width: 200, height: 100 },
  {
    from: { x: 100, y: 0 },
    to: { x: 100, y: -200 },
    hasLabel: false,
  },
);
check(
  'ports stay away from the corners',
  { x: 300, y: 90, width: 100, height: 400 },
  {
    from: { x: 200, y: 76 },
    to: { x: 300, y: 114 },
    hasLabel: true,
  },
);
