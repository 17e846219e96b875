import { beforeAll, describe, expect, test } from 'vitest';
import { cellsAround, isShownBy, stretchFor } from '#common/plot/lineStretch';
import type { LineHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { PlotBatch } from '../../../webview/plot/plotBatch.ts';
import { refinedLine } from '../../../webview/plot/detail/refinedLine.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { plotData, runPlot } from '../query/plotCase.ts';

const SPEC: PlotSpec = { mark: 'line', x: { field: 'x' }, y: { field: 'y' }, color: { field: 's' } };
const ROWS = 200_000;
const WIDTH_PX = 500;
/** Single samples that stand out, in the window and in the outermost cells that its stretch lies in. */
const SPIKES = [100_000, 100_211, 96_050, 104_280, 5, 199_999];
const RELATION = `(SELECT i AS x, sin(i / 3) + CASE WHEN i IN (${SPIKES.join()}) THEN 50 + i / 1e5 ELSE 0 END AS y,
  CASE WHEN i % 3 = 0 THEN 'a' ELSE 'b' END AS s FROM range(${ROWS}) AS r(i))`;

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

function batchOf(rows: readonly (readonly number[])[]): PlotBatch {
  const column = (index: number) => Uint32Array.from(rows, (row) => row[index] ?? 0);
  return { rowCount: rows.length, columns: { x: column(0), y: column(1), series: column(2) } };
}

const rowsOf = ({ rowCount, columns: { x, y, series } }: PlotBatch) =>
  Array.from({ length: rowCount }, (_, row) => [series?.[row] ?? 0, x?.[row] ?? 0, y?.[row] ?? 0] as const);

/** Lowest and highest row of every cell of every series. */
function extremesOf(rows: ReturnType<typeof rowsOf>, cellOf: (x: number) => number) {
  const found = new Map<string, readonly [number, number]>();
  for (const [series, x, y] of rows) {
    const key = `${series} ${cellOf(x)}`;
    const [low, high] = found.get(key) ?? [y, y];
    found.set(key, [Math.min(low, y), Math.max(high, y)]);
  }
  return found;
}

describe('a line that DuckDB aggregates, zoomed', () => {
  test('has the extremes of every pixel in the window, and loses none elsewhere', async () => {
    const data = await plotData(duckdb, RELATION);
    const size = { widthPx: WIDTH_PX };
    const { rows: all } = await runPlot(duckdb, data, SPEC, size);
    const { rows: coarse, plan } = await runPlot(duckdb, data, SPEC, { ...size, maxColumnRows: 1000 });
    const { cellShift = 0 } = plan.header as LineHeader;
    const codes = 2 ** 32 / ROWS;
    const window = { low: Math.round(99_000 * codes), high: Math.round(101_300 * codes) };
    const stretch = stretchFor({ cellShift }, window, WIDTH_PX);
    const sql = stretch && plan.detailSql?.({ kind: 'line', stretch });
    if (!sql) throw new Error('nothing is asked for');
    const finer = (await duckdb.texts(sql)).map((row) => row.map(Number));
    const cells = cellsAround(stretch, cellShift);
    const line = rowsOf(refinedLine([batchOf(coarse)], batchOf(finer), cells));

    expect(2 ** stretch.shift).toBeLessThanOrEqual((window.high - window.low) / WIDTH_PX);
    const places = line.map(([series, x]) => series * 2 ** 32 + x);
    expect(places.every((place, row) => place >= (places[row - 1] ?? 0))).toBe(true);
    const every = rowsOf(batchOf(all));
    const isShown = (x: number) => x >= stretch.low && x < stretch.high;
    const fineCell = (x: number) => (isShown(x) ? (x - stretch.low) >>> stretch.shift : -1);
    const coarseCell = (x: number) => (isShown(x) ? -1 : 2 * (x >>> cellShift) + (x < stretch.low ? 0 : 1));
    expect(
      extremesOf(
        line.filter(([, x]) => isShown(x)),
        fineCell,
      ),
    ).toEqual(
      extremesOf(
        every.filter(([, x]) => isShown(x)),
        fineCell,
      ),
    );
    expect(
      extremesOf(
        line.filter(([, x]) => !isShown(x)),
        coarseCell,
      ),
    ).toEqual(
      extremesOf(
        every.filter(([, x]) => !isShown(x)),
        coarseCell,
      ),
    );
    const drawn = new Set(line.map(([, , y]) => y));
    const highest = every.toSorted((one, other) => other[2] - one[2]).slice(0, SPIKES.length);
    expect(highest.filter(([, , y]) => !drawn.has(y))).toEqual([]);
    expect(line.length).toBeLessThan(every.length / 10);
  });
});

describe('what a window asks for', () => {
  const header = { cellShift: 22 };
  const window = { low: 2 ** 30, high: 2 ** 30 + 2 ** 26 };

  test('is nothing where the rows that came tell every pixel', () =>
    expect(stretchFor(header, { low: 0, high: 2 ** 32 }, 1000)).toBeNull());
  test('is nothing of a line that came whole', () => expect(stretchFor({}, window, 1000)).toBeNull());
  test('is nothing while it stays inside of what came', () => {
    const stretch = stretchFor(header, window, 1000);
    const moved = { low: window.low + 2 ** 24, high: window.high + 2 ** 24 };
    const far = { low: window.low + 2 ** 27, high: window.high + 2 ** 27 };
    const shift = stretch?.shift ?? 0;
    expect([window, moved, far].map((each) => isShownBy(stretch, each, shift))).toEqual([true, true, false]);
    expect(isShownBy(stretch, window, shift - 1)).toBe(false);
  });
});
