import { FIXED_NULL } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { Scope } from '#common/base/scope';
import { CodeColumn } from '../../webview/gpu/codeColumn.ts';
import { CommandList } from '../../webview/gpu/commandList.ts';
import { lineColumns } from '../../webview/gpu/cpu/lineColumns.ts';
import { buildPyramid } from '../../webview/gpu/cpu/linePyramid.ts';
import { encodeLineColumns } from '../../webview/gpu/kernels/lineColumns.ts';
import { encodePyramid, pyramidBytes } from '../../webview/gpu/kernels/linePyramid.ts';
import type { LineRows } from '../../webview/gpu/lineRows.ts';
import { openTestDevice, withoutGpuErrors } from '../support/gpuDevice.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { limitedContext, readSlice } from './kernelBench.ts';

type Codes = Uint32Array<ArrayBuffer>;
interface Line {
  readonly x: Codes;
  readonly y: Codes;
  readonly series: Codes;
}

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

const SPAN = 2 ** 32;

/** Series of unequal lengths, nulls alone and in stretches, times that repeat and times far apart. */
function lineOf(lengths: readonly number[], nullEvery: number, seed = 1): Line {
  const random = seededRandom(seed);
  const rows = lengths.flatMap((length, series) => {
    const times = Float64Array.from({ length }, () => Math.floor(random() ** 2 * (SPAN - 1))).sort();
    let gap = 0;
    return Array.from(times, (x) => {
      if (nullEvery > 0 && random() * nullEvery < 1) gap = Math.floor(random() * 40);
      const isNull = nullEvery > 0 && gap-- > 0;
      return [x, isNull ? FIXED_NULL : Math.floor(random() * FIXED_NULL), series] as const;
    });
  });
  const column = (index: 0 | 1 | 2) => Uint32Array.from(rows, (row) => row[index]);
  return { x: column(0), y: column(1), series: column(2) };
}

function edgesOf(low: number, high: number, columns: number): Codes {
  return Uint32Array.from({ length: columns + 1 }, (_, column) =>
    Math.min(FIXED_NULL, Math.ceil(low + (column * (high - low)) / columns)),
  );
}

const windows = [
  { window: 'all codes', edges: edgesOf(0, SPAN, 100) },
  { window: 'the middle', edges: edgesOf(0.31 * SPAN, 0.34 * SPAN, 70) },
  { window: 'the far end', edges: edgesOf(0.9 * SPAN, SPAN, 33) },
  { window: 'columns narrower than a code', edges: edgesOf(1000, 1010, 25) },
  { window: 'one column', edges: edgesOf(0.2 * SPAN, 0.9 * SPAN, 1) },
];

const lines = [
  { name: 'no rows', line: lineOf([0], 0) },
  { name: 'one row', line: lineOf([1], 0) },
  { name: 'fewer rows than columns', line: lineOf([50], 9) },
  { name: '60,000 rows', line: lineOf([60_000], 0) },
  { name: '60,000 rows with gaps', line: lineOf([60_000], 300) },
  { name: 'mostly gaps', line: lineOf([5000], 3) },
  { name: 'five series, one of them empty', line: lineOf([4097, 255, 0, 1, 30_000], 100) },
  { name: 'all at one time', line: { ...lineOf([9000], 50), x: new Uint32Array(9000).fill(2_000_000_000) } },
];

async function onGpu(line: Line, edges: Codes, seriesCount: number, maxWorkgroups?: number): Promise<LineRows> {
  const gpu = limitedContext(device, maxWorkgroups);
  const scope = new Scope();
  const column = (codes: Codes) => {
    const made = scope.own(new CodeColumn(gpu, 'line', codes.length));
    made.append(codes);
    return made.wholeSlice();
  };
  const thin = await withoutGpuErrors(device, async () => {
    const slices = { x: column(line.x), y: column(line.y), series: column(line.series) };
    const nodes = gpu.arena.buffer(pyramidBytes(line.y.length), GPUBufferUsage.STORAGE, 'nodes');
    scope.defer(() => gpu.arena.release(nodes));
    const commands = new CommandList(gpu, 'thin');
    encodePyramid(commands, slices.y, nodes);
    const result = encodeLineColumns(commands, slices, { nodes, edges, seriesCount });
    const read = Promise.all([result.x, result.y, result.series].map((slice) => readSlice(commands, slice)));
    commands.submit();
    const [x = new Uint32Array(), y = new Uint32Array(), series = new Uint32Array()] = await read;
    return { x, y, series };
  });
  scope.dispose();
  expect(gpu.arena.liveLabels).toEqual([]);
  gpu.arena.dispose();
  return thin;
}

function onCpu(line: Line, edges: Codes, seriesCount: number): LineRows {
  return lineColumns({ ...line, nodes: buildPyramid(line.y) }, edges, seriesCount);
}

/** Lowest and highest code of every column and series that has points, from the rows one by one. */
function extremes({ x, y, series }: LineRows, edges: Codes): Map<string, readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>();
  x.forEach((code, row) => {
    const value = y[row] ?? FIXED_NULL;
    const column = edges.findLastIndex((edge) => edge <= code);
    if (value === FIXED_NULL || column < 0 || column >= edges.length - 1) return;
    const key = `${series[row]} ${column}`;
    const [low, high] = found.get(key) ?? [value, value];
    found.set(key, [Math.min(low, value), Math.max(high, value)]);
  });
  return found;
}

const cases = lines.flatMap((each) => windows.map((window) => ({ ...each, ...window })));

describe('the kernel of line columns agrees with its twin', () => {
  const filled = cases.filter(({ line }) => line.x.length > 0);
  test.each(filled)('on $name in $window', async ({ line, edges }) => {
    expect(await onGpu(line, edges, 5)).toEqual(onCpu(line, edges, 5));
  });
  test('with fewer workgroups than columns ask for', async () => {
    const line = lineOf([20_000, 10_000], 200);
    const edges = edgesOf(0, SPAN, 3000);
    expect(await onGpu(line, edges, 2, 2)).toEqual(onCpu(line, edges, 2));
  });
});

describe('the twin of line columns', () => {
  test.each(cases)('keeps the extremes of every column of $name in $window', ({ line, edges }) => {
    expect(extremes(onCpu(line, edges, 5), edges)).toEqual(extremes(line, edges));
  });
  test('never loses a single spike of ten million rows, wherever the window lies', () => {
    const rows = 10_000_000;
    const line = {
      x: Uint32Array.from({ length: rows }, (_, row) => row * 429),
      y: new Uint32Array(rows).fill(1_000_000),
      series: new Uint32Array(rows),
    };
    const random = seededRandom(7);
    const spikes = Array.from({ length: 300 }, () => Math.floor(random() * rows));
    for (const row of spikes) line.y[row] = 4_000_000_000;
    const nodes = buildPyramid(line.y);
    for (const [from, to] of [
      [0, 1],
      [0.123, 0.577],
      [0.5, 0.503],
    ] as const) {
      const edges = edgesOf(from * SPAN, to * SPAN, 997);
      const columnOf = (code: number) => edges.findLastIndex((edge) => edge <= code);
      const columnsWith = (codes: Iterable<number>) =>
        new Set([...codes].map(columnOf).filter((column) => column >= 0 && column < 997));
      const thin = lineColumns({ ...line, nodes }, edges, 1);
      const kept = [...thin.x].filter((_, row) => thin.y[row] === 4_000_000_000);
      expect(columnsWith(kept)).toEqual(columnsWith(spikes.map((row) => line.x[row] ?? 0)));
    }
  });
  test('breaks the line at a gap between columns, and nowhere else', () => {
    const line = {
      x: Uint32Array.of(10, 20, 30, 40, 60, 70),
      y: Uint32Array.of(1, 2, FIXED_NULL, 4, 6, 7),
      series: new Uint32Array(6),
    };
    const thin = onCpu(line, Uint32Array.of(0, 15, 25, 35, 45, 55, 65, 75), 1);
    const written: (number | null)[] = [];
    thin.y.forEach((code) => {
      const value = code === FIXED_NULL ? null : code;
      if (written.at(-1) !== value) written.push(value);
    });
    expect(written).toEqual([null, 1, 2, null, 4, 6, 7, null]);
  });
});
