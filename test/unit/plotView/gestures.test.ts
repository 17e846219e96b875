import { describe, expect, test } from 'vitest';
import { clipSegment, type Pixel } from '../../../webview/plot/canvas/clipSegment.ts';
import type { PlotFrame } from '../../../webview/plot/plotFrame.ts';
import { boxBetween, regionAt, sharesAt, wheelStep } from '../../../webview/plot/view/gestures.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const frame: PlotFrame = {
  widthPx: 300,
  heightPx: 200,
  plot: { left: 50, top: 10, width: 200, height: 150 },
  data: { left: 60, top: 20, width: 180, height: 130 },
  hasTitles: true,
  titleBaselinePx: 190,
  categoryAngle: 0,
  labelPx: { x: 100, y: 40 },
  legend: [],
};

describe('the wheel', () => {
  const turn = { deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false };
  test.each([
    { name: 'turned away zooms in', event: { ...turn, deltaY: -100 }, expected: { factor: 0.819, sidewaysPx: 0 } },
    { name: 'turned nearer zooms out', event: { ...turn, deltaY: 100 }, expected: { factor: 1.221, sidewaysPx: 0 } },
    {
      name: 'counts lines as pixels',
      event: { ...turn, deltaY: 3, deltaMode: 1 },
      expected: { factor: 1.101, sidewaysPx: 0 },
    },
    {
      name: 'pinched takes small steps for large',
      event: { ...turn, deltaY: -10, ctrlKey: true },
      expected: { factor: 0.905, sidewaysPx: 0 },
    },
    {
      name: 'swiped moves sideways',
      event: { ...turn, deltaX: 40, deltaY: 3 },
      expected: { factor: 1, sidewaysPx: 40 },
    },
    {
      name: 'never zooms by more than e at once',
      event: { ...turn, deltaY: 1e6 },
      expected: { factor: 2.718, sidewaysPx: 0 },
    },
  ])('$name', ({ event, expected }) => {
    const { factor, sidewaysPx } = wheelStep(event);
    expect({ factor: Math.round(factor * 1000) / 1000, sidewaysPx }).toEqual(expected);
  });
});

describe('under the pointer lies', () => {
  test.each([
    { at: { left: 100, top: 100 }, expected: 'plot' },
    { at: { left: 100, top: 170 }, expected: 'x' },
    { at: { left: 20, top: 100 }, expected: 'y' },
    { at: { left: 20, top: 180 }, expected: null },
    { at: { left: 280, top: 100 }, expected: null },
  ])('$expected at $at.left, $at.top', ({ at, expected }) => expect(regionAt(frame, at)).toBe(expected));
});

test('shares of the axes go right and up over the data', () => {
  expect(sharesAt(frame, { left: 60, top: 150 })).toEqual({ x: 0, y: 0 });
  expect(sharesAt(frame, { left: 150, top: 85 })).toEqual({ x: 0.5, y: 0.5 });
});

describe('a box', () => {
  const [one, other] = [
    { left: 240, top: 30 },
    { left: 100, top: 400 },
  ];
  test.each([
    { region: 'plot', expected: { left: 100, top: 30, width: 140, height: 130 } },
    { region: 'x', expected: { left: 100, top: 10, width: 140, height: 150 } },
    { region: 'y', expected: { left: 50, top: 30, width: 200, height: 130 } },
  ] as const)('over $region stays inside the plot', ({ region, expected }) =>
    expect(boxBetween(frame, region, one, other)).toEqual(expected),
  );
});

describe('a clipped segment', () => {
  const size = [100, 60] as const;
  const check = (start: Pixel, end: Pixel) => clipSegment(start, end, size, 2);

  test.each([
    {
      name: 'inside is the same',
      start: [1, 2],
      end: [90, 50],
      expected: [
        [1, 2],
        [90, 50],
      ],
    },
    {
      name: 'from the left begins at the edge',
      start: [-100, 30],
      end: [50, 30],
      expected: [
        [-2, 30],
        [50, 30],
      ],
    },
    {
      name: 'across ends at both edges',
      start: [-1e9, 30],
      end: [1e9, 30],
      expected: [
        [-2, 30],
        [102, 30],
      ],
    },
    { name: 'beside is nothing', start: [-50, 0], end: [-10, 60], expected: null },
    { name: 'past the corner is nothing', start: [-20, 50], end: [50, 200], expected: null },
    {
      name: 'of one point is that point',
      start: [5, 5],
      end: [5, 5],
      expected: [
        [5, 5],
        [5, 5],
      ],
    },
  ] as const)('$name', ({ start, end, expected }) => expect(check(start, end)).toEqual(expected));

  test('lies on the line it was cut from', () => {
    const random = seededRandom(11);
    for (let index = 0; index < 300; index += 1) {
      const [x1, y1, x2, y2] = [0, 1, 2, 3].map(() => (random() - 0.5) * 400) as [number, number, number, number];
      const part = check([x1, y1], [x2, y2]);
      for (const [x, y] of part ?? []) {
        expect(Math.abs((x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)) / Math.hypot(x2 - x1, y2 - y1)).toBeLessThan(1e-6);
        expect(x >= -2.001 && x <= 102.001 && y >= -2.001 && y <= 62.001).toBe(true);
      }
    }
  });
});
