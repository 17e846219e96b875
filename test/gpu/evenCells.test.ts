import { beforeAll, describe, expect, test } from 'vitest';
import type { PlotSpec } from '#common/plot/plotSpec';
import { addDensity } from '../../webview/gpu/cpu/density.ts';
import { densityPixels } from '../../webview/plot/canvas/drawDensity.ts';
import { columnOf, readPlotBatch } from '../../webview/plot/plotBatch.ts';
import { plotFrame } from '../../webview/plot/plotFrame.ts';
import { planPlot } from '../../webview/plot/plotPlan.ts';
import { plotScene } from '../../webview/plot/plotScene.ts';
import { shownPart } from '../../webview/plot/view/shownPart.ts';
import { plotOfRelation } from '../gallery/plotOfFile.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { renderToPixels, TEST_COLORS } from './renderToPixels.ts';

const SPEC: PlotSpec = { mark: 'point', x: { field: 'x' }, y: { field: 'y' } };
const ROWS_EACH = 2;
const ROWS = 148;
/** Every pair of two columns equally often: whole numbers, dates or a regular grid, fewer than pixels or more. */
const COLUMNS: Readonly<Record<string, readonly [columns: number, value: string]>> = {
  'whole numbers, fewer than pixels': [201, 'i - 37'],
  'whole numbers, nearly a pixel each': [236, '(i + 5)::BIGINT'],
  'whole numbers, two a cell': [400, 'i::DOUBLE'],
  'multiples of five': [200, '5 * i'],
  'hundredths as DOUBLE': [260, '12.5::DOUBLE + i / 100'],
  'tenths as DECIMAL': [150, '(i * 0.1)::DECIMAL(9,1)'],
  'minutes as parts of an hour': [220, '5 + (i + 3) / 60'],
  dates: [180, "DATE '2023-12-20' + i::INTEGER"],
  'times of whole hours': [210, "TIMESTAMP '2024-03-30' + to_hours(i)"],
};

let device: GPUDevice;
let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  [device, duckdb] = await Promise.all([openTestDevice(), ReferenceDuckdb.open()]);
});

describe.each(Object.entries(COLUMNS))('equally many rows for each of %s', (_, [columns, value]) => {
  const relation = `(SELECT ${value} AS x, j AS y FROM range(${columns}) AS a(i), range(${ROWS}) AS b(j), range(${ROWS_EACH}))`;

  test.each([
    { strategy: 'columns', maxColumnRows: 1e7 },
    { strategy: 'aggregate', maxColumnRows: 0 },
  ])('fill equal cells in one colour, from $strategy', async ({ strategy, maxColumnRows }) => {
    const plot = await plotOfRelation(duckdb, relation, SPEC, { widthPx: 240, maxColumnRows });
    const { counts, scene, colorAt } = await renderToPixels(device, plot);
    const { header } = plot;
    if (header.plotKind !== 'scatter' || !header.x.even) throw new Error('The values are not seen to be even.');
    expect([header.strategy, header.x.even.count]).toEqual([strategy, columns]);
    expect(counts.countedRows).toBe(columns * ROWS * ROWS_EACH);
    expect(new Set(counts.counts.filter((count) => count > 0)).size).toBe(1);
    const { dataLeftPx: left, dataTopPx: top, dataWidthPx, dataHeightPx } = scene.surface;
    const inside = Array.from({ length: dataWidthPx * dataHeightPx }, (_, place) =>
      colorAt(left + (place % dataWidthPx), top + Math.floor(place / dataWidthPx)).join(),
    );
    expect(new Set(inside).size).toBe(1);
    if (strategy === 'columns') expect(countedByTwin(plot)).toEqual(counts.counts);
    expect(new Set(densityPixels(scene, header.grid.columns, counts).filter((color) => color !== 0)).size).toBe(1);
  });

  test('stay equal in every window', async () => {
    const plot = await plotOfRelation(duckdb, relation, SPEC, { widthPx: 240, maxColumnRows: 1e7 });
    const { header } = plot;
    if (header.plotKind !== 'scatter' || !header.x.even) throw new Error('The values are not seen to be even.');
    const codes = header.x.even.count * 2 ** header.x.even.shift;
    const frame = plotFrame(header, 300, 200);
    for (const [from, to] of [
      [0.11, 0.93],
      [0.4, 0.55],
      [0.61, 0.62],
    ] as const) {
      const window = { x: { low: Math.round(from * codes), high: Math.round(to * codes) }, y: null };
      const part = shownPart(header, frame, window);
      if (!part.cells) throw new Error('no cells');
      const counts = countedByTwin(plot, part.cells);
      // The cells at both ends of the values may hold fewer of them.
      const inner = Array.from({ length: part.cells.columns }, (_, column) => counts[column] ?? 0).filter(Boolean);
      expect(new Set(inner.length > 2 ? inner.slice(1, -1) : inner).size).toBe(1);
      expect(plotScene(header, frame, 1, TEST_COLORS, part).surface.xCodes).toEqual(window.x);
    }
  });
});

test('numbers without a regular grid keep all codes', async () => {
  const relation = '(SELECT sin(i) AS x, sqrt(i) AS y FROM range(30000) AS r(i))';
  const { header } = await plotOfRelation(duckdb, relation, SPEC, { widthPx: 240 });
  if (header.plotKind !== 'scatter') throw new Error('no scatter');
  expect([header.x.even, header.y.even, header.x.origin]).toEqual([undefined, undefined, header.x.domain[0]]);
});

function countedByTwin(plot: Awaited<ReturnType<typeof plotOfRelation>>, grid?: Parameters<typeof addDensity>[2]) {
  if (plot.header.plotKind !== 'scatter') throw new Error('no scatter');
  const cells = grid ?? plot.header.grid;
  const { countLength } = planPlot(plot.header);
  const counts = new Uint32Array(grid ? grid.columns * grid.rows : countLength);
  for (const ipc of plot.batches) {
    const batch = readPlotBatch(ipc);
    addDensity(columnOf(batch, 'x'), columnOf(batch, 'y'), cells, counts);
  }
  return counts;
}
