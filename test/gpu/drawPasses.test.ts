import { FIXED_NULL, type ContinuousAxis, type PlotHeader } from '#common/plot/plotData';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { beforeAll, describe, expect, test } from 'vitest';
import { densityPixels } from '../../webview/plot/canvas/drawDensity.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { samplePlots } from '../support/plotPage/samplePlots.ts';
import { renderToPixels, TEST_COLORS, type RenderedPlot } from './renderToPixels.ts';

const HALF = 2 ** 31;
const QUARTER = 2 ** 30;
const RATIOS = [1, 1.25, 2];

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

const unitAxis: ContinuousAxis = {
  kind: 'quantitative',
  scale: 'linear',
  field: 'v',
  title: 'v',
  type: 'DOUBLE',
  domain: [0, 1],
  origin: 0,
  step: 1 / 0xfffffffe,
  nullCount: 0,
  infiniteCount: 0,
};
const base = { title: 't', fidelity: 'exact', sampledOneIn: 1, streamId: 's' } as const;
const ipc = (columns: Record<string, Uint32Array>) => tableToIPC(tableFromArrays(columns), 'stream');

function lineHeader(rowCount: number, series: readonly string[] = ['a']): PlotHeader {
  const counts = { rowCount, drawableCount: rowCount };
  return {
    ...base,
    ...counts,
    plotKind: 'line',
    strategy: 'columns',
    x: unitAxis,
    y: unitAxis,
    series,
    seriesTitle: null,
  };
}

/** Three device pixels per pixel, so that a line covers its middle pixel wholly. */
async function drawLine(x: number[], y: number[], series = x.map(() => 0)): Promise<RenderedPlot> {
  const batch = ipc({ x: Uint32Array.from(x), y: Uint32Array.from(y), series: Uint32Array.from(series) });
  const header = lineHeader(x.length, ['a', 'b'].slice(0, 1 + Math.max(...series)));
  return renderToPixels(device, { header, batches: [batch] }, 3);
}

/** Colour where a pair of codes lies. */
function colorAtCodes({ scene, colorAt }: RenderedPlot, x: number, y: number): readonly number[] {
  const { dataLeftPx, dataTopPx, dataWidthPx, dataHeightPx } = scene.surface;
  return colorAt(
    Math.floor(dataLeftPx + (x / 2 ** 32) * dataWidthPx),
    Math.floor(dataTopPx + (1 - y / 2 ** 32) * dataHeightPx),
  );
}

function barHeight(drawn: RenderedPlot, bar: number): number {
  const { surface, barSpansPx } = drawn.scene;
  const x = barSpansPx[bar * 2] ?? 0;
  return Array.from({ length: surface.heightPx }, (_, y) => drawn.colorAt(x, y)[3]).filter((alpha) => alpha === 255)
    .length;
}

describe('bars', () => {
  test.each(['histogram', 'histogramAggregated', 'bars'].flatMap((name) => RATIOS.map((ratio) => ({ name, ratio }))))(
    'of $name at $ratio device pixels per pixel are as high as their counts',
    async ({ name, ratio }) => {
      const plot = samplePlots[name]?.();
      if (!plot) throw new Error(name);
      const drawn = await renderToPixels(device, plot, ratio);
      const { counts, maximum, countedRows } = drawn.counts;
      const expected = Array.from(counts, (count) =>
        count === 0 ? 0 : Math.max(1, Math.round((count / maximum) * drawn.scene.barFullHeightPx)),
      );
      const heights = expected.map((_, bar) => barHeight(drawn, bar));
      expect(
        heights.map((height, bar) => Math.abs(height - (expected[bar] ?? 0))).filter((error) => error > 1),
      ).toEqual([]);
      expect(countedRows).toBe(plot.header.drawableCount);
      expect(Math.max(...heights)).toBe(drawn.scene.barFullHeightPx);
    },
  );
});

describe('density', () => {
  test.each(['density', 'densityAggregated'].flatMap((name) => RATIOS.map((ratio) => ({ name, ratio }))))(
    'of $name at $ratio device pixels per pixel colours every pixel as the CPU twin does',
    async ({ name, ratio }) => {
      const plot = samplePlots[name]?.();
      if (plot?.header.plotKind !== 'scatter') throw new Error(name);
      const drawn = await renderToPixels(device, plot, ratio);
      const twin = densityPixels(drawn.scene, plot.header.grid.columns, drawn.counts);
      const levels = new Map(Array.from(TEST_COLORS.density, (color, level) => [color, level]));
      let different = 0;
      drawn.pixels.forEach((gpu, pixel) => {
        if (Math.abs((levels.get(gpu) ?? -9) - (levels.get(twin[pixel] ?? 0) ?? -9)) > 1) different += 1;
      });
      expect(different).toBe(0);
      expect(drawn.counts.countedRows).toBe(plot.header.drawableCount);
      expect(new Set(drawn.pixels).size).toBeGreaterThan(50);
    },
  );
});

describe('points', () => {
  const header: PlotHeader = {
    ...base,
    rowCount: 3,
    drawableCount: 1,
    plotKind: 'scatter',
    strategy: 'columns',
    x: unitAxis,
    y: unitAxis,
    grid: { shiftX: 26, shiftY: 26, columns: 64, rows: 64 },
  };

  test('are discs at their codes, and rows without x or y are not drawn', async () => {
    const x = Uint32Array.of(QUARTER, FIXED_NULL, HALF);
    const y = Uint32Array.of(HALF, HALF, FIXED_NULL);
    const drawn = await renderToPixels(device, { header, batches: [ipc({ x, y })] });
    const halfBlue = colorAtCodes(drawn, QUARTER, HALF).map((channel) => Math.round(channel / 8));
    expect(halfBlue).toEqual([0, 0, 16, 16]);
    expect(colorAtCodes(drawn, HALF, HALF)).toEqual([0, 0, 0, 0]);
    const inked = drawn.pixels.filter((pixel) => pixel !== 0).length;
    const area = Math.PI * drawn.scene.points.radiusPx[0] ** 2;
    expect(inked).toBeGreaterThan(area * 0.8);
    expect(inked).toBeLessThan(area * 1.8);
    expect(drawn.counts.countedRows).toBe(1);
  });
});

describe('lines', () => {
  test('join their points with the colour of the series', async () => {
    const drawn = await drawLine([0, HALF, 2 ** 32 - 2], [0, HALF, 0]);
    expect(colorAtCodes(drawn, HALF, HALF - 2 ** 24)).toEqual([0, 255, 0, 255]);
    expect(colorAtCodes(drawn, HALF, QUARTER)).toEqual([0, 0, 0, 0]);
    expect(drawn.counts.countedRows).toBe(3);
  });
  test('are broken by a null', async () => {
    const [x, whole] = [
      [0, QUARTER, HALF, 3 * QUARTER],
      [HALF, HALF, HALF, HALF],
    ];
    const joined = await drawLine(x, whole);
    const broken = await drawLine(x, [HALF, HALF, FIXED_NULL, HALF]);
    const between = HALF - QUARTER / 2;
    expect(colorAtCodes(joined, between, HALF)[3]).toBe(255);
    expect(colorAtCodes(broken, between, HALF)[3]).toBe(0);
    expect(broken.counts.countedRows).toBe(3);
  });
  test('show a point between two nulls as a dot', async () => {
    const drawn = await drawLine([0, HALF, 3 * QUARTER], [FIXED_NULL, HALF, FIXED_NULL]);
    expect(colorAtCodes(drawn, HALF, HALF)[3]).toBeGreaterThan(100);
  });
  test.each([
    { name: 'alone', x: [HALF], isWide: true },
    { name: 'alone, several times over', x: [HALF, HALF, HALF], isWide: true },
    { name: 'that a line begins at, twice over', x: [HALF, HALF, 3 * QUARTER], isWide: false },
    { name: 'that a line ends at, twice over', x: [QUARTER, HALF, HALF], isWide: false },
  ])('are wider than elsewhere at a point $name: $isWide', async ({ x, isWide }) => {
    const drawn = await drawLine(
      x,
      x.map(() => HALF),
    );
    // Four device pixels above the middle: in a dot of twelve, and not in a line of four.
    const above = HALF + Math.round((4 / drawn.scene.surface.dataHeightPx) * 2 ** 32);
    expect(colorAtCodes(drawn, HALF, above)[3]).toBe(isWide ? 255 : 0);
  });
  test('of two series are not joined to each other', async () => {
    const drawn = await drawLine([0, HALF, HALF, 3 * QUARTER], [HALF, HALF, QUARTER, QUARTER], [0, 0, 1, 1]);
    expect(colorAtCodes(drawn, QUARTER, HALF)).toEqual([0, 255, 0, 255]);
    expect(colorAtCodes(drawn, HALF + QUARTER / 2, QUARTER)).toEqual([255, 0, 255, 255]);
    expect(colorAtCodes(drawn, HALF, QUARTER + QUARTER / 2)).toEqual([0, 0, 0, 0]);
  });
});
