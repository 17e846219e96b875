import { describe, expect, test } from 'vitest';
import { FIXED_NULL, type HistogramHeader, type PlotHeader } from '#common/plot/plotData';
import { ALL_CODES, type CodeRange } from '#common/plot/codeRange';
import { addHistogram } from '../../../webview/gpu/cpu/histogram.ts';
import { cellsOfPixel, pixelCells } from '../../../webview/plot/pixelCells.ts';
import { plotFrame } from '../../../webview/plot/plotFrame.ts';
import { countPlanOf, discShare, marksInView, planPlot } from '../../../webview/plot/plotPlan.ts';
import { surfaceFrame } from '../../../webview/plot/plotScene.ts';
import { shownPart, type ShownPart } from '../../../webview/plot/view/shownPart.ts';
import { samplePlots } from '../../support/plotPage/samplePlots.ts';
import { readPlotBatch } from '../../../webview/plot/plotBatch.ts';

const SPAN = 2 ** 32;
const SIZE = [560, 360] as const;

function plotOf(name: string) {
  const plot = samplePlots[name]?.();
  if (!plot) throw new Error(name);
  return plot;
}

function partOf(header: PlotHeader, x: CodeRange | null, y: CodeRange | null = null): ShownPart {
  return shownPart(header, plotFrame(header, ...SIZE), { x, y });
}

describe('a window of a histogram', () => {
  const { header, batches } = plotOf('histogram');
  const histogram = header as HistogramHeader;
  const window = { low: Math.round(0.4 * SPAN), high: Math.round(0.45 * SPAN) };
  const part = partOf(header, window);

  test('has finer bins at round edges, about as many as the whole one', () => {
    const steps = part.edges.slice(1).map((edge, bin) => Math.round((edge - (part.edges[bin] ?? 0)) * 1e9) / 1e9);
    expect(new Set(steps)).toEqual(new Set([0.5]));
    expect(part.edges.length).toBeLessThanOrEqual(histogram.edges.length + 2);
  });
  test('counts every code of its bins and no other', () => {
    const plan = countPlanOf(planPlot(header), part);
    if (plan?.kind !== 'histogram') throw new Error('not counted from rows');
    const codes = batches.flatMap((batch) => [...(readPlotBatch(batch).columns['x'] ?? [])]);
    const counts = new Uint32Array(plan.edges.length - 1);
    addHistogram(Uint32Array.from(codes), plan.edges, counts);
    const { origin, step } = histogram.x;
    const expected = new Uint32Array(counts.length);
    for (const code of codes.filter((each) => each !== FIXED_NULL)) {
      const bin = part.edges.findLastIndex((edge) => Math.floor((edge - origin) / step) <= code);
      if (bin >= 0 && bin < expected.length) expected[bin] = (expected[bin] ?? 0) + 1;
    }
    const unequal = counts.map((count, bin) => Math.abs(count - (expected[bin] ?? 0)));
    expect([Math.max(...unequal), Math.min(...counts) > 0]).toEqual([0, true]);
  });
  test('reaches the first and the last value where it reaches the ends of the axis', () => {
    const ends = [
      { low: 0, high: 2 ** 28 },
      { low: SPAN - 2 ** 28, high: SPAN },
    ].map((end) => countPlanOf(planPlot(header), partOf(header, end)));
    const codes = ends.map((plan) => (plan?.kind === 'histogram' ? [plan.edges[0], plan.edges.at(-1)] : []));
    expect([codes[0]?.[0], codes[1]?.[1]]).toEqual([0, FIXED_NULL]);
  });
  test('keeps the bins where DuckDB counted them', () => {
    const { header: aggregated } = plotOf('histogramAggregated');
    expect(partOf(aggregated, window)).toMatchObject({ edges: histogram.edges, recount: null });
  });
});

describe('a window of a scatter', () => {
  const { header } = plotOf('density');
  const part = partOf(header, { low: SPAN / 4, high: SPAN / 2 }, { low: 0, high: SPAN / 5 });

  test('has cells of a finer power of two that cover the canvas', () => {
    expect(part.cells).toMatchObject({ shiftX: 22, shiftY: 22, firstRow: 0 });
    const { shiftX = 0, firstColumn = 0, columns = 0 } = part.cells ?? {};
    expect([firstColumn * 2 ** shiftX <= SPAN / 4, (firstColumn + columns) * 2 ** shiftX >= SPAN / 2]).toEqual([
      true,
      true,
    ]);
  });
  test('turns from cells into discs without a step while rows leave it', () => {
    const plan = planPlot(header);
    const rows = Array.from({ length: 300 }, (_, step) => Math.round(200_000 * 0.97 ** step));
    const shares = rows.map((each) => discShare(plan, part, each));
    const steps = shares.slice(1).map((share, index) => share - (shares[index] ?? 0));
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
    expect([Math.min(...steps) >= 0, Math.max(...steps) < 0.04]).toEqual([true, true]);
    const marks = rows.map((each) => marksInView(plan, part, each));
    expect(marks.lastIndexOf('density') + 1).toBe(marks.indexOf('points'));
  });
  test('is as far as the whole plot where it shows nearly all of it', () => {
    const plan = { ...planPlot(header), drawableRows: 18_000 };
    const [whole, nearly] = [partOf(header, null), partOf(header, { low: 0, high: SPAN - 1 })];
    expect(discShare(plan, whole, 0)).toBeGreaterThan(0);
    expect(discShare(plan, nearly, 18_000)).toBe(discShare(plan, whole, 0));
  });
  test('shows cells of the whole plot, whatever their count', () =>
    expect(marksInView(planPlot(header), partOf(header, null), 5)).toBe('density'));
  test('enlarges the cells that DuckDB counted', () => {
    const { header: aggregated } = plotOf('densityAggregated');
    const enlarged = partOf(aggregated, { low: SPAN / 4, high: SPAN / 2 });
    expect(enlarged).toMatchObject({ cells: header.plotKind === 'scatter' ? header.grid : null, recount: null });
    expect(marksInView(planPlot(aggregated), enlarged, 5)).toBe('density');
  });
});

describe('the cells of a pixel', () => {
  const axis = { startPx: 10, lengthPx: 100, codes: ALL_CODES, shift: 26, firstCell: 0, cellCount: 64 };
  test.each([
    { name: 'left of the codes', pixel: 9, expected: [0, 0] },
    { name: 'at the low end', pixel: 10, expected: [0, 1] },
    { name: 'at the high end', pixel: 109, expected: [63, 64] },
  ])('$name', ({ pixel, expected: [first = 0, end = 0] }) => expect(cellsOfPixel(pixel, axis)).toEqual({ first, end }));
  test('right of the codes are none', () => {
    const { first, end } = cellsOfPixel(110, axis);
    expect(end - first).toBeLessThanOrEqual(0);
  });
  test('in every window agree with exact fractions', () => {
    const { header } = plotOf('density');
    const windows = [
      { low: 0, high: SPAN },
      { low: 123_456_789, high: 223_456_789 },
      { low: SPAN - 4096, high: SPAN },
      { low: 7, high: SPAN / 2 + 3 },
    ];
    for (const x of windows) {
      const part = partOf(header, x);
      const surface = surfaceFrame(header, plotFrame(header, ...SIZE), 1, part);
      if (!part.cells) throw new Error('no cells');
      const { shiftX, firstColumn = 0, columns } = part.cells;
      const pairs = pixelCells(surface, part.cells);
      const cellAt = (pixel: number) => {
        const [low, span, width] = [BigInt(x.low), BigInt(x.high - x.low), BigInt(surface.dataWidthPx)];
        const scaled = low * width + BigInt(pixel - surface.dataLeftPx) * span;
        return Number(scaled / (width * 2n ** BigInt(shiftX))) - firstColumn;
      };
      const inside = Array.from({ length: surface.dataWidthPx }, (_, index) => surface.dataLeftPx + index);
      const expected = inside.map((pixel) => {
        const first = cellAt(pixel);
        return [first, Math.min(columns, Math.max(first + 1, cellAt(pixel + 1)))];
      });
      expect(inside.map((pixel) => [pairs[2 * pixel], pairs[2 * pixel + 1]])).toEqual(expected);
    }
  });
});
