import { beforeAll, describe, expect, test } from 'vitest';
import type { CodeRange } from '#common/plot/codeRange';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import { ipcOf } from '../../gallery/plotOfFile.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { addDensity } from '../../../webview/gpu/cpu/density.ts';
import { addDensityValues } from '../../../webview/gpu/cpu/densityValues.ts';
import { countLength } from '../../../webview/gpu/countPlan.ts';
import type { PlotDetail } from '../../../webview/plot/detail/plotDetail.ts';
import { readDetail } from '../../../webview/plot/detail/readDetail.ts';
import { rowsWith } from '../../../webview/plot/detail/rowsWith.ts';
import { isEnough, wantedDetail } from '../../../webview/plot/detail/wantedDetail.ts';
import { columnOf, type PlotBatch } from '../../../webview/plot/plotBatch.ts';
import { plotFrame } from '../../../webview/plot/plotFrame.ts';
import { countPlanOf, planPlot } from '../../../webview/plot/plotPlan.ts';
import { shownPart } from '../../../webview/plot/view/shownPart.ts';
import { plotData, runPlot } from '../query/plotCase.ts';

const SPAN = 2 ** 32;
const SIZE = { widthPx: 640, heightPx: 400 };
const RELATION = `(SELECT sin(i) + i / 40000 AS x, cos(i * 7) * (1 + i % 5) AS y, i % 777 AS z FROM range(60000) AS r(i))`;
const CELL_NAMES = ['cell', 'count', 'low', 'high', 'above', 'below'];
const DISC_NAMES = ['x', 'y', 'color', 'category', 'count'];

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

/** A plot twice: with its columns, and aggregated by DuckDB. */
async function plots(spec: PlotSpec) {
  const data = await plotData(duckdb, RELATION);
  const whole = await runPlot(duckdb, data, spec, SIZE);
  const { plan, rows } = await runPlot(duckdb, data, spec, { ...SIZE, maxColumnRows: 1000 });
  const columns: PlotHeader = { ...whole.plan.header, streamId: 'test' };
  const aggregated: PlotHeader = { ...plan.header, streamId: 'test' };
  const frame = plotFrame(aggregated, SIZE.widthPx, SIZE.heightPx);
  const asked: string[] = [];
  const read = async (x: CodeRange, y: CodeRange | null): Promise<PlotDetail> => {
    const wanted = wantedDetail(aggregated, frame, { x, y });
    const detail =
      wanted &&
      (await readDetail(aggregated, wanted, async (question) => {
        asked.push(question.kind);
        const found = await duckdb.texts(plan.detailSql?.(question) ?? '');
        const names = question.kind === 'rows' ? ['x', 'y'] : question.kind === 'bins' ? ['bin', 'count'] : CELL_NAMES;
        const discNames = wanted.kind === 'discs' ? DISC_NAMES : names;
        return ipcOf(
          discNames.slice(0, found[0]?.length),
          found.map((row) => row.map(Number)),
        );
      }));
    if (!detail) throw new Error('nothing is wanted');
    return detail;
  };
  return { columns, aggregated, frame, rows: whole.rows, given: rows, read, asked };
}

const window = (low: number, high: number): CodeRange => ({
  low: Math.round(low * SPAN),
  high: Math.round(high * SPAN),
});

/** What the rows of a plot of columns are counted to in a window. */
function counted(columns: PlotHeader, part: ReturnType<typeof shownPart>, rows: readonly (readonly number[])[]) {
  const plan = countPlanOf(planPlot(columns), part);
  if (!plan || plan.kind === 'histogram') throw new Error('no cells');
  const [x, y, value] = [0, 1, 2].map((index) => Uint32Array.from(rows, (row) => row[index] ?? 0));
  const words = new Uint32Array(countLength(plan));
  if (!x || !y || !value) throw new Error('no rows');
  if (plan.kind === 'density') addDensity(x, y, plan.grid, words);
  else addDensityValues({ x, y, value }, plan.grid, words);
  return words;
}

describe('a window of a density that DuckDB counts', () => {
  const spec: PlotSpec = { mark: 'point', x: { field: 'x' }, y: { field: 'y' } };
  test.each([['numbers of rows', spec], ['sums', { ...spec, color: { field: 'z', aggregate: 'sum' } }] as const])(
    'has the cells that its rows would be counted in: %s',
    async (_, each) => {
      const { columns, aggregated, frame, rows, read } = await plots(each);
      const [x, y] = [window(0.4, 0.6), window(0.3, 0.45)];
      const detail = await read(x, y);
      const nearby = [
        { x, y },
        { x: window(0.42, 0.62), y: window(0.28, 0.43) },
        { x: window(0.41, 0.595), y },
      ];
      for (const near of nearby) {
        const exact = shownPart(columns, frame, near);
        const part = shownPart(aggregated, frame, near, detail);
        if (near.x.high - near.x.low === x.high - x.low) expect(part.cells).toEqual(exact.cells);
        const plan = exact.recount;
        if (!plan || plan.kind === 'histogram' || !part.cells) throw new Error('no cells');
        const expected = counted(columns, { ...exact, recount: { ...plan, grid: part.cells } }, rows);
        const words = part.given;
        if (!words) throw new Error('the whole plot is shown');
        const perCell = words.length / (part.cells.columns * part.cells.rows);
        const numbersOf = (all: Uint32Array) => all.filter((_word, index) => index % perCell < 3);
        expect(numbersOf(words)).toEqual(numbersOf(expected));
        expect(numbersOf(expected).some((count) => count > 0)).toBe(true);
      }
    },
  );
  test('shows the whole, enlarged, until the cells of a window are there, and where it leaves them', async () => {
    const { aggregated, frame, read } = await plots(spec);
    if (aggregated.plotKind !== 'scatter') throw new Error('no scatter');
    const [x, y] = [window(0.4, 0.6), window(0.3, 0.45)];
    const detail = await read(x, y);
    const parts = [
      shownPart(aggregated, frame, { x, y }),
      shownPart(aggregated, frame, { x, y }, detail),
      shownPart(aggregated, frame, { x: window(0.1, 0.3), y }, detail),
      shownPart(aggregated, frame, { x: null, y: null }, detail),
    ];
    expect(parts.map((part) => [part.isEnlarged, part.cells === aggregated.grid, part.given === null])).toEqual([
      [true, true, true],
      [false, false, false],
      [true, true, true],
      [false, true, true],
    ]);
  });
  test('asks again before a gesture leaves the cells that came', async () => {
    const { aggregated, frame, read } = await plots(spec);
    const y = window(0.3, 0.45);
    const detail = await read(window(0.4, 0.6), y);
    const isEnoughFor = (x: CodeRange) => {
      const wanted = wantedDetail(aggregated, frame, { x, y });
      return wanted && isEnough(detail, wanted);
    };
    const windows = [window(0.4, 0.6), window(0.42, 0.62), window(0.445, 0.645), window(0.45, 0.5)];
    expect(windows.map(isEnoughFor)).toEqual([true, true, false, false]);
  });
  test('asks for the rows themselves where they are few', async () => {
    const { aggregated, frame, rows, read, asked } = await plots(spec);
    const [x, y] = [window(0.45, 0.52), window(0.4, 0.5)];
    const detail = await read(x, y);
    const { points } = shownPart(aggregated, frame, { x, y }, detail);
    const isIn = (code: number, { low, high }: CodeRange) => code >= low && code < high;
    const inView = (all: readonly (readonly number[])[]) =>
      all.filter(([cx = 0, cy = 0]) => isIn(cx, x) && isIn(cy, y)).map(([cx = 0, cy = 0]) => cx * SPAN + cy);
    const found = points && Array.from(columnOf(points, 'x'), (code, row) => [code, columnOf(points, 'y')[row] ?? 0]);
    expect(asked).toEqual(['cells', 'rows']);
    expect(inView(found ?? []).toSorted()).toEqual(inView(rows).toSorted());
  });
  test('is not asked for where the whole plot tells every pixel', async () => {
    const { columns, aggregated, frame } = await plots(spec);
    const [x, y] = [window(0, 0.9), window(0, 0.95)];
    expect([
      wantedDetail(aggregated, frame, { x, y }),
      wantedDetail(columns, frame, { x: window(0.4, 0.5), y }),
    ]).toEqual([null, null]);
  });
});

test('a window of discs by category keeps every row once', async () => {
  const spec: PlotSpec = {
    mark: 'point',
    x: { field: 'x' },
    y: { field: 'y' },
    color: { field: 'z', type: 'nominal' },
  };
  const { aggregated, given, read } = await plots(spec);
  const detail = await read(window(0.4, 0.6), window(0.3, 0.45));
  const column = (index: number) => Uint32Array.from(given, (row) => row[index] ?? 0);
  const columns = Object.fromEntries(DISC_NAMES.map((name, index) => [name, column(index)]));
  const whole: PlotBatch = { rowCount: given.length, columns };
  const joined = rowsWith(aggregated, detail)?.([whole]);
  const sum = (batch: PlotBatch) => columnOf(batch, 'count').reduce((all, count) => all + count, 0);
  expect(joined && [sum(joined), joined.rowCount > whole.rowCount, columnOf(joined, 'x').length]).toEqual([
    sum(whole),
    true,
    joined?.rowCount,
  ]);
});

test('a window of a histogram that DuckDB counts has finer bins, each with the rows between its edges', async () => {
  const spec: PlotSpec = { mark: 'bar', x: { field: 'x', bin: true }, y: { aggregate: 'count' } };
  const { aggregated, frame, read } = await plots(spec);
  const x = window(0.4, 0.45);
  const detail = await read(x, null);
  const part = shownPart(aggregated, frame, { x, y: null }, detail);
  const [low = 0, high = 0] = [part.edges[0], part.edges.at(-1)];
  const bins = part.edges.slice(1).map((edge, bin) => `count(*) FILTER (x >= ${part.edges[bin] ?? 0} AND x < ${edge})`);
  const [row] = await duckdb.texts(`SELECT ${bins.join(', ')} FROM ${RELATION}`);
  expect([...(part.given ?? [])]).toEqual(row?.map(Number));
  const { origin, step } = aggregated.x as { origin: number; step: number };
  expect([low <= origin + x.low * step, high >= origin + x.high * step, part.edges.length > 25]).toEqual([
    true,
    true,
    true,
  ]);
  const moved = { x: window(0.405, 0.455), y: null };
  expect(shownPart(aggregated, frame, moved, detail).isEnlarged).toBe(false);
  expect(shownPart(aggregated, frame, { x: window(0.5, 0.55), y: null }, detail)).toMatchObject({
    isEnlarged: true,
    given: null,
  });
});
