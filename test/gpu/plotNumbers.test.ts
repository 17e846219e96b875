import { beforeAll, describe, expect, test } from 'vitest';
import type { GroupAxis, PlotHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { plotOfFile } from '../gallery/plotOfFile.ts';
import { fromRepository } from '../../extension/build/paths.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { readerOf, ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { groupAxisPixels } from '../../webview/plot/groups/groupAxes.ts';
import { WHOLE_PLOT } from '../../webview/plot/view/plotWindow.ts';
import { renderToPixels, type RenderedPlot } from './renderToPixels.ts';

const SIZE = { widthPx: 300 };
const q = (field: string) => ({ field, type: 'quantitative' }) as const;
const n = (field: string) => ({ field, type: 'nominal' }) as const;
const count = { aggregate: 'count' } as const;
const MASS = 'Body Mass (g)';
const BEAK = 'Beak Length (mm)';

let device: GPUDevice;
let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  [device, duckdb] = await Promise.all([openTestDevice(), ReferenceDuckdb.open()]);
});

/** A plot of penguins as the GPU draws it, and DuckDB's own answer to a query over them. */
async function drawn(spec: PlotSpec): Promise<RenderedPlot & { readonly header: PlotHeader }> {
  const plot = await plotOfFile(duckdb, { name: 'test', file: 'penguins.json', spec }, SIZE);
  return { ...(await renderToPixels(device, plot)), header: plot.header };
}

async function answer(select: string): Promise<readonly (readonly (string | null | undefined)[])[]> {
  const reader = readerOf(fromRepository('node_modules', 'vega-datasets', 'data', 'penguins.json'));
  return duckdb.texts(select.replaceAll('penguins', reader));
}

/** Values of the vertical axis at which the ink of a column of pixels begins, from the top. */
function valueOfTop({ scene, colorAt }: RenderedPlot, axis: GroupAxis, left: number): number {
  const { heightPx } = scene.surface;
  const top = Array.from({ length: heightPx }, (_, y) => colorAt(left, y)[3]).findIndex((alpha) => alpha > 100);
  const { scale } = groupAxisPixels(axis, 'y', heightPx, WHOLE_PLOT);
  return scale?.dataFromPixel(heightPx - top) ?? NaN;
}

/** What a pixel is worth on the vertical axis, and a half for the edge between two. */
function pixelAndHalf({ scene, header }: RenderedPlot & { readonly header: PlotHeader }): number {
  const { y } = header;
  if (!('domain' in y)) throw new Error('The axis shows no numbers.');
  return (1.5 * (y.domain[1] - y.domain[0])) / scene.surface.heightPx;
}

/** The middle of a category of the horizontal axis. */
function middleOf({ scene, header }: RenderedPlot & { readonly header: PlotHeader }, index: number): number {
  if (header.plotKind !== 'groups') throw new Error('This is no plot of groups.');
  const [from, to] = groupAxisPixels(header.x, 'x', scene.surface.widthPx, WHOLE_PLOT).span(index);
  return Math.floor((from + to) / 2);
}

describe('what the GPU draws is what DuckDB finds', () => {
  test('a histogram: rows of every bin', async () => {
    const plot = await drawn({ mark: 'bar', x: { ...q(MASS), bin: { step: 500 } }, y: count });
    if (plot.header.plotKind !== 'histogram') throw new Error('no histogram');
    const rows = await answer(
      `SELECT floor("${MASS}" / 500) * 500 AS bin, count(*) FROM penguins WHERE "${MASS}" IS NOT NULL GROUP BY bin ORDER BY bin`,
    );
    const bins = [...plot.counts.counts].map((rows, bin) => [
      plot.header.plotKind === 'histogram' ? plot.header.edges[bin] : 0,
      rows,
    ]);
    expect(bins.filter(([, rows]) => rows !== 0)).toEqual(rows.map((row) => row.map(Number)));
  });

  test('bars: rows of every category', async () => {
    const plot = await drawn({ mark: 'bar', x: n('Island'), y: count });
    if (plot.header.plotKind !== 'bars') throw new Error('no bars');
    const names = plot.header.x.categories;
    const rows = await answer('SELECT "Island", count(*) FROM penguins GROUP BY ALL ORDER BY count(*) DESC');
    expect(names.map((name, index) => [name, plot.counts.counts[index]])).toEqual(
      rows.map(([name, rows]) => [name, Number(rows)]),
    );
  });

  test('points: rows with both values, a disc at each of them', async () => {
    const plot = await drawn({ mark: 'point', x: q(BEAK), y: q(MASS) });
    const rows = await answer(
      `SELECT "${BEAK}", "${MASS}" FROM penguins WHERE "${BEAK}" IS NOT NULL AND "${MASS}" IS NOT NULL`,
    );
    expect(plot.counts.countedRows).toBe(rows.length);
    if (plot.header.plotKind !== 'scatter') throw new Error('no scatter');
    const { x, y } = plot.header;
    const { dataLeftPx, dataTopPx, dataWidthPx, dataHeightPx } = plot.scene.surface;
    const bare = rows.filter(([beak, mass]) => {
      const across = (Number(beak) - x.domain[0]) / (x.domain[1] - x.domain[0]);
      const up = (Number(mass) - y.domain[0]) / (y.domain[1] - y.domain[0]);
      const [left, top] = [dataLeftPx + across * dataWidthPx, dataTopPx + (1 - up) * dataHeightPx];
      return plot.colorAt(Math.floor(left), Math.floor(top))[3] < 50;
    });
    expect(bare).toEqual([]);
  });

  test('a density: rows of every cell, each of equally many whole numbers', async () => {
    const plot = await plotOfFile(
      duckdb,
      {
        name: 'density',
        file: 'flights-3m.parquet',
        sql: 'SELECT delay, distance FROM data LIMIT 200000',
        spec: { mark: 'point', x: q('delay'), y: q('distance') },
      },
      SIZE,
    );
    const { counts } = await renderToPixels(device, plot);
    if (plot.header.plotKind !== 'scatter') throw new Error('no scatter');
    const { grid, x, y } = plot.header;
    if (!x.even || !y.even) throw new Error('Delays and distances are whole numbers.');
    const [across, up] = [2 ** (grid.shiftX - x.even.shift), 2 ** (grid.shiftY - y.even.shift)];
    const file = readerOf(fromRepository('node_modules', 'vega-datasets', 'data', 'flights-3m.parquet'));
    const rows = await duckdb.texts(
      `WITH flights AS (SELECT delay::INT AS delay, distance::INT AS distance FROM ${file} LIMIT 200000),
        least AS (SELECT min(delay) AS delay, min(distance) AS distance FROM flights)
        SELECT (f.distance - l.distance) // ${up} * ${grid.columns} + (f.delay - l.delay) // ${across} AS cell, count(*)
        FROM flights f, least l GROUP BY cell ORDER BY cell`,
    );
    expect([...counts.counts].map((rows, cell) => [cell, rows]).filter(([, rows]) => rows !== 0)).toEqual(
      rows.map((row) => row.map(Number)),
    );
  });

  test('a line: rows with both values', async () => {
    const plot = await drawn({ mark: 'line', x: q(BEAK), y: q(MASS), color: n('Species') });
    const rows = await answer(`SELECT count(*) FROM penguins WHERE "${BEAK}" IS NOT NULL AND "${MASS}" IS NOT NULL`);
    expect(plot.counts.countedRows).toBe(Number(rows[0]?.[0]));
  });

  test.each(['mean', 'median', 'max', 'sum'] as const)('aggregated bars: as high as the %s', async (aggregate) => {
    const plot = await drawn({ mark: 'bar', x: n('Species'), y: { ...q(MASS), aggregate } });
    if (plot.header.plotKind !== 'groups' || plot.header.x.kind !== 'nominal') throw new Error('no bars');
    const rows = new Map(
      (
        await answer(
          `SELECT "Species", ${aggregate === 'mean' ? 'avg' : aggregate}("${MASS}") FROM penguins GROUP BY ALL`,
        )
      ).map(([name, value]) => [name, Number(value)]),
    );
    const { x, y } = plot.header;
    const distances = x.categories.map((name, index) =>
      Math.abs(valueOfTop(plot, y, middleOf(plot, index)) - (rows.get(name) ?? NaN)),
    );
    expect(Math.max(...distances)).toBeLessThan(pixelAndHalf(plot));
  });

  test('a box plot: its highest whisker ends where its rows do', async () => {
    const plot = await drawn({ mark: 'boxplot', x: n('Species'), y: q(MASS) });
    if (plot.header.plotKind !== 'groups' || plot.header.x.kind !== 'nominal') throw new Error('no boxes');
    const rows = new Map(
      (await answer(`SELECT "Species", max("${MASS}") FROM penguins GROUP BY ALL`)).map(([name, top]) => [
        name,
        Number(top),
      ]),
    );
    const { x, y } = plot.header;
    const distances = x.categories.map((name, index) =>
      Math.abs(valueOfTop(plot, y, middleOf(plot, index)) - (rows.get(name) ?? NaN)),
    );
    // A line around the value is a pixel wide, an outlier a dot of four.
    expect(Math.max(...distances)).toBeLessThan(1.6 * pixelAndHalf(plot));
  });

  test('an area: as high as the sum at both of its ends', async () => {
    const spec: PlotSpec = { mark: 'area', x: q('Flipper Length (mm)'), y: { ...q(MASS), aggregate: 'sum' } };
    const plot = await drawn(spec);
    if (plot.header.plotKind !== 'groups') throw new Error('no area');
    const rows = await answer(
      `SELECT "Flipper Length (mm)" AS length, sum("${MASS}") FROM penguins WHERE length IS NOT NULL GROUP BY length ORDER BY length`,
    );
    const highest = rows.map(([, sum]) => Number(sum)).reduce((one, other) => Math.max(one, other));
    const at = rows.findIndex(([, sum]) => Number(sum) === highest);
    const { scale } = groupAxisPixels(plot.header.x, 'x', plot.scene.surface.widthPx, WHOLE_PLOT);
    const left = Math.floor(scale?.pixelFromData(Number(rows[at]?.[0])) ?? 0);
    expect(Math.abs(valueOfTop(plot, plot.header.y, left) - highest)).toBeLessThan(2 * pixelAndHalf(plot));
  });

  test('a distribution: half of the rows up to the median', async () => {
    const plot = await drawn({ mark: 'line', x: q(MASS), y: { aggregate: 'cume_dist' } });
    if (plot.header.plotKind !== 'groups') throw new Error('no distribution');
    const [row] = await answer(
      `SELECT quantile_disc("${MASS}", 0.5), avg(("${MASS}" <= (SELECT quantile_disc("${MASS}", 0.5) FROM penguins))::INT) FROM penguins`,
    );
    const { scale } = groupAxisPixels(plot.header.x, 'x', plot.scene.surface.widthPx, WHOLE_PLOT);
    const left = Math.round(scale?.pixelFromData(Number(row?.[0])) ?? 0) + 1;
    expect(Math.abs(valueOfTop(plot, plot.header.y, left) - Number(row?.[1]))).toBeLessThan(0.03);
  });

  test('a heat map: the fullest cell has the last colour, and empty ones have none', async () => {
    const plot = await drawn({ mark: 'rect', x: n('Island'), y: n('Species'), color: count });
    const { header, scene } = plot;
    if (header.plotKind !== 'groups' || header.x.kind !== 'nominal' || header.y.kind !== 'nominal')
      throw new Error('no heat map');
    const rows = await answer('SELECT "Island", "Species", count(*) AS n FROM penguins GROUP BY ALL ORDER BY n DESC');
    const known = new Map(rows.map(([island, species, n]) => [`${island} ${species}`, Number(n)]));
    const { widthPx, heightPx } = scene.surface;
    const [x, y] = [
      groupAxisPixels(header.x, 'x', widthPx, WHOLE_PLOT),
      groupAxisPixels(header.y, 'y', heightPx, WHOLE_PLOT),
    ];
    const lut = scene.colors.density;
    const last = lut.at(-1) ?? 0;
    for (const [column, island] of header.x.categories.entries()) {
      for (const [line, species] of header.y.categories.entries()) {
        const [left, right] = x.span(column);
        const [low, high] = y.span(line);
        const [red, green, blue, alpha] = plot.colorAt(
          Math.floor((left + right) / 2),
          Math.floor(heightPx - (low + high) / 2),
        );
        const value = known.get(`${island} ${species}`);
        expect([island, species, alpha]).toEqual([island, species, value === undefined ? 0 : 255]);
        if (value === Number(rows[0]?.[2])) expect((red | (green << 8) | (blue << 16)) >>> 0).toBe(last & 0xffffff);
      }
    }
  });
});
