import { describe, expect, test } from 'vitest';
import { samplePlots } from '../../support/plotPage/samplePlots.ts';
import { textWidthPx } from '../../../webview/plot/axes/textWidth.ts';
import { axesView } from '../../../webview/plot/axes/axesView.ts';
import { plotFrame } from '../../../webview/plot/plotFrame.ts';
import { barRanges } from '../../../webview/plot/plotScene.ts';
import { captionOf, emptyText, plotSummary } from '../../../webview/plot/plotText.ts';

const sizes = [
  [60, 40],
  [220, 120],
  [360, 240],
  [1600, 900],
] as const;
const names = Object.keys(samplePlots);

function headerOf(name: string) {
  const plot = samplePlots[name]?.();
  if (!plot) throw new Error(name);
  return plot.header;
}

describe('a frame', () => {
  test.each(names.flatMap((name) => sizes.map(([width, height]) => ({ name, width, height }))))(
    'of $name on $width by $height has a canvas of whole, positive pixels',
    ({ name, width, height }) => {
      const { plot, data } = plotFrame(headerOf(name), width, height);
      for (const rect of [plot, data]) {
        expect(Object.values(rect).every(Number.isInteger)).toBe(true);
        expect(Math.min(rect.width, rect.height)).toBeGreaterThan(0);
      }
      expect(data.left >= plot.left && data.left + data.width <= plot.left + plot.width).toBe(true);
      expect(data.top >= plot.top && data.top + data.height <= plot.top + plot.height).toBe(true);
    },
  );
  test('does not move when the counts become known', () => {
    const header = headerOf('histogram');
    const frame = plotFrame(header, 400, 300);
    const [before, after] = [axesView(header, frame, null), axesView(header, frame, 8000)];
    expect(after.x).toEqual(before.x);
    expect([before.y.length, after.y[0]?.label]).toEqual([0, '0']);
  });
  test('gives bars the plot from edge to edge, without holes', () => {
    const ranges = barRanges(headerOf('histogram'), { left: 0, top: 0, width: 400, height: 100 });
    expect(ranges.map(([from, to]) => [Math.round(from), Math.round(to)])).toEqual(
      Array.from({ length: 40 }, (_, bin) => [bin * 10, bin * 10 + 10]),
    );
  });
  test('turns category labels that do not fit', () => {
    expect(plotFrame(headerOf('bars'), 560, 360).categoryAngle).toBe(0);
    expect(plotFrame(headerOf('manyBars'), 560, 360).categoryAngle).toBe(-45);
  });
});

describe('a frame of long names', () => {
  const long = (index: number) => `A category with a name that goes on and on, number ${index}`;
  const barsWith = (count: number) => {
    const header = headerOf('bars');
    if (header.plotKind !== 'bars') throw new Error(header.plotKind);
    const categories = Array.from({ length: count }, (_, index) => long(index));
    return { ...header, x: { ...header.x, categories } };
  };
  const labelsOf = (count: number, widthPx: number, heightPx = 300) => {
    const frame = plotFrame(barsWith(count), widthPx, heightPx);
    return { frame, labels: axesView(barsWith(count), frame, 10).x };
  };

  test('shows names whole where there is room', () => {
    const { frame, labels } = labelsOf(4, 2000);
    expect([frame.categoryAngle, labels.map(({ label }) => label)]).toEqual([0, [0, 1, 2, 3].map(long)]);
  });
  test('cuts names that begin alike in their middle, so that no two look the same', () => {
    const { frame, labels } = labelsOf(6, 420);
    expect(frame.categoryAngle).toBe(-45);
    expect(new Set(labels.map(({ label }) => label)).size).toBe(6);
    expect(labels[5]?.label).toMatch(/^A .*….*5$/);
  });
  test.each([160, 420, 2000])(
    'on %i px keeps turned names inside the picture, and most of it for the plot',
    (widthPx) => {
      const { frame, labels } = labelsOf(12, widthPx, 120);
      const reach = labels.map(({ pixel, label }) => pixel - textWidthPx(label) * Math.SQRT1_2);
      expect(Math.min(...reach)).toBeGreaterThanOrEqual(0);
      expect(frame.plot.height).toBeGreaterThan(40);
    },
  );
  test('cuts titles to what there is room for', () => {
    const header = headerOf('density');
    if (header.plotKind !== 'scatter') throw new Error(header.plotKind);
    const titled = {
      ...header,
      x: { ...header.x, title: 'long '.repeat(60) },
      y: { ...header.y, title: '数据'.repeat(90) },
    };
    const view = axesView(titled, plotFrame(titled, 420, 280), null);
    expect(textWidthPx(view.xTitle)).toBeLessThan(420);
    expect(textWidthPx(view.yTitle)).toBeLessThan(280);
    expect([view.xTitle.at(-1), view.yTitle.at(-1)]).toEqual(['…', '…']);
  });
});

describe('words', () => {
  test('say which rows are not drawn', () => {
    expect(captionOf(headerOf('histogram'))).toBe('57 rows without mph');
    expect(captionOf(headerOf('density'))).toBe('');
    const scatter = headerOf('density');
    if (scatter.plotKind !== 'scatter') throw new Error(scatter.plotKind);
    expect(captionOf({ ...scatter, sizeLeftOut: 'Weight' })).toBe('too many rows to show Weight as sizes');
  });
  test('say that nothing can be drawn', () => {
    expect(emptyText(headerOf('empty'))).toEqual({
      title: 'No finite values to plot in x',
      detail: '3 rows, all null, NaN or infinite there.',
    });
  });
  test('name the axes that lack values, and what a log axis cannot show', () => {
    const header = headerOf('density');
    if (header.plotKind !== 'scatter') throw new Error(header.plotKind);
    const [x, y] = [header.x, { ...header.y, nullCount: 3, infiniteCount: 1 }];
    expect(captionOf({ ...header, x, y, drawableCount: header.rowCount - 4 })).toBe(
      '4 rows without arrival delay (min), 1 infinite',
    );
    const log = { ...header, drawableCount: 0, x, y: { ...y, scale: 'log' as const, nullCount: header.rowCount } };
    expect(emptyText(log).title).toBe('No values above zero in arrival delay (min)');
  });
  test('sum a plot up for those who do not see it', () => {
    const counts = Uint32Array.from({ length: 40 }, (_, bin) => (bin === 29 ? 8000 : 1));
    const summary = plotSummary(headerOf('histogram'), { counts, maximum: 8000, countedRows: 8039 });
    expect(summary).toMatch(
      /^Histogram: mph\. 99,943 rows\. mph from 10\d.* to 499.*\. Most rows, 8,000, between 390 and 400\. 57 rows without mph\.$/,
    );
  });
});
