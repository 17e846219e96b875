import { describe, expect, test } from 'vitest';
import type { PlotHeader } from '#common/plot/plotData';
import { valueOf } from '#common/plot/fixedPoint';
import { ALL_CODES } from '#common/plot/codeRange';
import {
  cutRange,
  isZoomed,
  limitsOf,
  panRange,
  WHOLE_PLOT,
  zoomRange,
  type PlotWindow,
} from '../../../webview/plot/view/plotWindow.ts';
import { amend, FRESH_HISTORY, step, visit, windowOf } from '../../../webview/plot/view/windowHistory.ts';
import { samplePlots } from '../../support/plotPage/samplePlots.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const END = 2 ** 32;
const NARROWEST = 4096;

function headerOf(name: string): PlotHeader {
  const plot = samplePlots[name]?.();
  if (!plot) throw new Error(name);
  return plot.header;
}

describe('zooming', () => {
  test('keeps the value under the pointer, to one code, through a hundred random steps', () => {
    const random = seededRandom(7);
    let shown: PlotWindow['x'] = { low: END / 4, high: (3 * END) / 4 };
    for (let index = 0; index < 100; index += 1) {
      const [anchor, factor] = [0.4 + 0.2 * random(), 0.8 + 0.35 * random()];
      const before: number = shown.low + anchor * (shown.high - shown.low);
      const next = zoomRange(shown, ALL_CODES, anchor, factor);
      if (!next) throw new Error('The window left the axis.');
      if (next.low > 0 && next.high < END && next.high - next.low > NARROWEST) {
        expect(Math.abs(next.low + anchor * (next.high - next.low) - before)).toBeLessThanOrEqual(1);
      }
      shown = next;
    }
  });
  test.each([
    { name: 'in by half at the middle', shown: null, anchor: 0.5, factor: 0.5, expected: [END / 4, (3 * END) / 4] },
    { name: 'in at the low end', shown: null, anchor: 0, factor: 0.25, expected: [0, END / 4] },
    { name: 'in at the high end', shown: null, anchor: 1, factor: 0.25, expected: [END - END / 4, END] },
    { name: 'out beyond the low end', shown: [0, END / 4], anchor: 1, factor: 2, expected: [0, END / 2] },
    { name: 'out beyond the whole axis', shown: [0, END / 4], anchor: 0.5, factor: 9, expected: null },
    { name: 'in as far as it goes', shown: [100, 5000], anchor: 0, factor: 0.01, expected: [100, 100 + NARROWEST] },
  ])('$name', ({ shown, anchor, factor, expected }) => {
    const range = shown ? { low: shown[0] ?? 0, high: shown[1] ?? 0 } : null;
    const zoomed = zoomRange(range, ALL_CODES, anchor, factor);
    expect(zoomed && [zoomed.low, zoomed.high]).toEqual(expected);
  });
  test('gives whole codes inside the axis only', () => {
    const random = seededRandom(8);
    let shown: PlotWindow['x'] = null;
    for (let index = 0; index < 500; index += 1) {
      const turn = random();
      shown =
        turn < 0.6 ? zoomRange(shown, ALL_CODES, random(), 0.5 + random()) : panRange(shown, ALL_CODES, turn - 0.8);
      const { low, high } = shown ?? ALL_CODES;
      expect([Number.isInteger(low), Number.isInteger(high)]).toEqual([true, true]);
      expect(low >= 0 && high <= END && high - low >= NARROWEST).toBe(true);
    }
  });
});

describe('panning', () => {
  test.each([
    { name: 'moves by a share of the window', shown: [1000, 11_000], share: 0.1, expected: [2000, 12_000] },
    { name: 'stops at the low end', shown: [1000, 11_000], share: -1, expected: [0, 10_000] },
    { name: 'stops at the high end', shown: [END - 20_000, END - 10_000], share: 9, expected: [END - 10_000, END] },
  ])('$name', ({ shown: [low = 0, high = 0], share, expected }) => {
    const moved = panRange({ low, high }, ALL_CODES, share);
    expect(moved && [moved.low, moved.high]).toEqual(expected);
  });
  test('of the whole axis leaves it whole', () => expect(panRange(null, ALL_CODES, 0.3)).toBe(null));
});

describe('a box', () => {
  test.each([
    { name: 'cuts out its part', from: 0.25, to: 0.75, expected: [END / 4, (3 * END) / 4] },
    { name: 'may be drawn backwards', from: 0.75, to: 0.25, expected: [END / 4, (3 * END) / 4] },
    { name: 'ends where the axis ends', from: 0.5, to: 1.4, expected: [END / 2, END] },
    { name: 'around everything shows the whole axis', from: -1, to: 2, expected: null },
  ])('$name', ({ from, to, expected }) => {
    const cut = cutRange(null, ALL_CODES, from, to);
    expect(cut && [cut.low, cut.high]).toEqual(expected);
  });
});

describe('what can be zoomed', () => {
  test('is every axis that has a width, or several categories', () => {
    const axes = (name: string) => {
      const { x, y } = limitsOf(headerOf(name));
      return [x !== null, y !== null];
    };
    expect(Object.fromEntries(['density', 'line', 'histogram', 'bars', 'constant'].map((n) => [n, axes(n)]))).toEqual({
      density: [true, true],
      line: [true, true],
      histogram: [true, false],
      bars: [true, false],
      constant: [false, true],
    });
  });
  test('of a histogram goes from its first edge to its last one', () => {
    const header = headerOf('histogram');
    if (header.plotKind !== 'histogram') throw new Error('not a histogram');
    const { x } = limitsOf(header);
    const ends = x ? [valueOf(x.low, header.x), valueOf(x.high, header.x)] : [];
    expect(ends.map((end) => Math.round(end * 1000) / 1000)).toEqual([100, 500]);
  });
});

describe('the history of windows', () => {
  const windows = [1, 2, 3].map((index): PlotWindow => ({ x: { low: index, high: index + NARROWEST }, y: null }));
  const [one = WHOLE_PLOT, two = WHOLE_PLOT, three = WHOLE_PLOT] = windows;
  const visited = visit(visit(FRESH_HISTORY, one), two);

  test.each([
    { name: 'starts with the whole plot', history: FRESH_HISTORY, expected: WHOLE_PLOT },
    { name: 'shows the window visited last', history: visited, expected: two },
    { name: 'goes back', history: step(visited, -1), expected: one },
    {
      name: 'goes back to the start and no further',
      history: step(step(step(visited, -1), -1), -1),
      expected: WHOLE_PLOT,
    },
    { name: 'goes forward', history: step(step(visited, -1), 1), expected: two },
    { name: 'goes forward to the end and no further', history: step(visited, 1), expected: two },
    { name: 'forgets what was ahead', history: step(visit(step(visited, -1), three), 1), expected: three },
    { name: 'takes a visit to the same window for none', history: step(visit(visited, { ...two }), -1), expected: one },
    { name: 'takes a gesture for one step', history: step(amend(visited, three), -1), expected: one },
    { name: 'has its gesture amended', history: amend(visited, three), expected: three },
  ])('$name', ({ history, expected }) => expect(windowOf(history)).toEqual(expected));

  test('keeps a hundred windows', () => {
    let history = FRESH_HISTORY;
    for (let index = 0; index < 300; index += 1) history = visit(history, { x: { low: index, high: 5000 }, y: null });
    expect([history.windows.length, history.at, windowOf(history).x?.low]).toEqual([100, 99, 299]);
  });
  test('knows the whole plot from a part of it', () =>
    expect([isZoomed(WHOLE_PLOT), isZoomed(one)]).toEqual([false, true]));
});
