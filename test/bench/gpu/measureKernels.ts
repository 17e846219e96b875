import { FIXED_MAX } from '#common/plot/plotData';
import { Arena } from '../../../webview/gpu/arena.ts';
import { isSoftware, RAISED_LIMITS } from '../../../webview/gpu/chooseRenderer.ts';
import { CodeColumn } from '../../../webview/gpu/codeColumn.ts';
import { bindGroup, CommandList } from '../../../webview/gpu/commandList.ts';
import { addCategories } from '../../../webview/gpu/cpu/categoryCounts.ts';
import { cellValues } from '../../../webview/gpu/cpu/cellValues.ts';
import { addDensity } from '../../../webview/gpu/cpu/density.ts';
import { addDensityValues } from '../../../webview/gpu/cpu/densityValues.ts';
import { findExtent } from '../../../webview/gpu/cpu/extent.ts';
import { gatherRows } from '../../../webview/gpu/cpu/gatherRows.ts';
import { addHistogram } from '../../../webview/gpu/cpu/histogram.ts';
import { nearestRow } from '../../../webview/gpu/cpu/nearestRow.ts';
import { sumBefore } from '../../../webview/gpu/cpu/prefixSum.ts';
import { codesAtRanks } from '../../../webview/gpu/cpu/quantiles.ts';
import { selectRows } from '../../../webview/gpu/cpu/selectRows.ts';
import { addWeights } from '../../../webview/gpu/cpu/weightedHistogram.ts';
import { createGpuContext, type GpuContext } from '../../../webview/gpu/gpuContext.ts';
import { encodeCategoryCounts } from '../../../webview/gpu/kernels/categoryCounts.ts';
import { encodeCellValues } from '../../../webview/gpu/kernels/cellValues.ts';
import { encodeDensity } from '../../../webview/gpu/kernels/density.ts';
import { encodeDensityValues } from '../../../webview/gpu/kernels/densityValues.ts';
import { createExtentBuffer, encodeExtent } from '../../../webview/gpu/kernels/extent.ts';
import { encodeGatherRows } from '../../../webview/gpu/kernels/gatherRows.ts';
import { encodeHistogram } from '../../../webview/gpu/kernels/histogram.ts';
import { encodeNearestRow } from '../../../webview/gpu/kernels/nearestRow.ts';
import { encodePrefixSum } from '../../../webview/gpu/kernels/prefixSum.ts';
import { encodeRanks, MOST_RANKS } from '../../../webview/gpu/kernels/quantiles.ts';
import { encodeSelectRows } from '../../../webview/gpu/kernels/selectRows.ts';
import { encodeWeightedHistogram } from '../../../webview/gpu/kernels/weightedHistogram.ts';
import { computePipeline } from '../../../webview/gpu/pipelines.ts';
import { WORDS_PER_CELL, WORDS_PER_SUM } from '../../../webview/gpu/valueFigures.ts';
import { openTestDevice } from '../../support/gpuDevice.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { markdownTable } from '../markdownTable.ts';
import type { BenchColumns, Kernel } from './kernel.ts';
import { lineKernels } from './lineKernels.ts';
import readColumnSource from './readColumn.wgsl';
import { Stopwatch } from './stopwatch.ts';

const SOFTWARE_ROWS = 2 ** 23;
/** What the figures are set for: 4.7 GB of graphics memory. */
const HARDWARE_ROWS = 400_000_000;
const GRID = { shiftX: 22, shiftY: 22, columns: 1024, rows: 1024 };
const EDGES = Uint32Array.from({ length: 1025 }, (_, bin) => Math.round((bin / 1024) * FIXED_MAX));
const BIN_COUNT = EDGES.length - 1;
const CELL_COUNT = GRID.columns * GRID.rows;
const CATEGORIES = 256;
const MOST_ROWS = 1_000_000;
/** Kernels that wait for nothing but the column: the faster one is the floor. */
const FLOOR_KERNELS = ['read only', 'extent'];
const SUMS = { sums: true, extremes: false };
const SPAN = { low: 2 ** 30, high: 2 ** 31 };
const BOX = { x: SPAN, y: SPAN };
const MEAN = { aggregate: 'mean', origin: 0, step: 1 } as const;
const LASSO = { polygon: roundPolygon(100) };
const PICK = { code: 2 ** 31, codesPerPx: 2 ** 22, reachPx: 8 };
const PLACE = { x: PICK, y: PICK, reachPx: 8 };
const CPU_ROWS = 2 ** 20;
const BLOCK_ROWS = 2 ** 20;
const BYTES_PER_CODE = 4;
const GIGA = 1e9;
const MEBI = 2 ** 20;

interface Distribution {
  readonly name: string;
  readonly block: Uint32Array<ArrayBuffer>;
}

/** Measures every kernel on every distribution and prints a Markdown table. `PIKA_BENCH_ROWS` says on how many rows. */
export async function printKernelTable(): Promise<void> {
  const device = await openTestDevice({
    features: ['timestamp-query'],
    raisedLimits: RAISED_LIMITS,
    switches: ['disable-dawn-features=timestamp_quantization'],
  });
  const isHardware = !isSoftware(device.adapterInfo);
  const rowCount = Number(process.env['PIKA_BENCH_ROWS'] ?? (isHardware ? HARDWARE_ROWS : SOFTWARE_ROWS));
  const gpu = { ...createGpuContext(device), arena: new Arena(device, Infinity) };
  const measured = kernels(gpu);
  const stopwatch = new Stopwatch(gpu);
  const lines: string[][] = [];
  for (const { name, block } of distributions()) {
    const columns = {
      x: fill(gpu, block, rowCount),
      y: fill(gpu, reversed(block), rowCount),
      category: fill(gpu, categoriesOf(block), rowCount),
    };
    const runs: { kernel: Kernel; medianMs: number; spreadMs: number; gbs: number; mib: string }[] = [];
    for (const kernel of measured) {
      const { medianMs, spreadMs } = await stopwatch.times((commands) => kernel.encode(commands, columns));
      const gbs = (rowCount * BYTES_PER_CODE * kernel.columnReads) / GIGA / (medianMs / 1000);
      runs.push({ kernel, medianMs, spreadMs, gbs, mib: peakMib(gpu) });
    }
    const floorGbs = Math.max(
      ...runs.filter(({ kernel }) => FLOOR_KERNELS.includes(kernel.name)).map(({ gbs }) => gbs),
    );
    for (const { kernel, medianMs, spreadMs, gbs, mib } of runs) {
      const speed = kernel.columnReads > 0 ? [gbs.toFixed(1), (gbs / floorGbs).toFixed(2)] : ['', ''];
      const times = [medianMs.toFixed(3), spreadMs.toFixed(3), ...speed];
      lines.push([kernel.name, name, ...times, mib]);
    }
    Object.values(columns).forEach((column) => column.dispose());
  }
  // After all GPU work: a graphics card that waits for the CPU lowers its clock.
  const cpuTimes = distributions().flatMap(({ block }) => measured.map((kernel) => cpuMs(kernel, block)));
  lines.forEach((line, index) => line.push(cpuTimes[index] ?? ''));
  const adapter = device.adapterInfo.description || device.adapterInfo.vendor;
  console.log(`${adapter}${isHardware ? '' : ' (a software adapter: its figures say nothing about a graphics card)'}`);
  console.log(`${rowCount} rows per column; the CPU twin counts ${CPU_ROWS}.\n`);
  const head = ['kernel', 'data', 'median ms', 'spread ms', 'GB/s', 'of the read floor', 'GPU MiB', 'CPU twin ms'];
  console.log(markdownTable(head, lines));
  gpu.arena.dispose();
}

/** Everything that the arena holds: nothing is freed while a kernel runs, so this is the peak. */
function peakMib(gpu: GpuContext): string {
  return ((gpu.arena.liveBytes + gpu.arena.pooledBytes) / MEBI).toFixed(0);
}

function distributions(): readonly Distribution[] {
  const random = seededRandom(1);
  const block = (code: () => number) => Uint32Array.from({ length: BLOCK_ROWS }, code);
  const gaussian = () => Math.min(0.999, Math.max(0, (random() + random() + random() + random()) / 4));
  return [
    { name: 'uniform', block: block(() => random() * FIXED_MAX) },
    { name: 'gaussian', block: block(() => gaussian() * FIXED_MAX) },
    { name: 'one cell', block: block(() => 12_345) },
    { name: 'two cells', block: block(() => (random() < 0.5 ? 12_345 : FIXED_MAX - 1)) },
  ];
}

function kernels(gpu: GpuContext): readonly Kernel[] {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
  const words = (count: number, label: string) => gpu.arena.buffer(count * BYTES_PER_CODE, usage, label);
  const bins = words(WORDS_PER_SUM * BIN_COUNT, 'bins');
  const cells = words(CELL_COUNT, 'cells');
  const figures = words(WORDS_PER_CELL * CELL_COUNT, 'figures');
  const extent = createExtentBuffer(gpu);
  const few = words(2 * MOST_RANKS, 'few words');
  const rows = words(MOST_ROWS, 'rows');
  const gathered = words(MOST_ROWS, 'gathered codes');
  const evenRows = Uint32Array.from({ length: CPU_ROWS / 2 }, (_, row) => 2 * row);
  const binCounts = new Uint32Array(WORDS_PER_SUM * BIN_COUNT);
  const cellCounts = new Uint32Array(WORDS_PER_CELL * CELL_COUNT);
  const all = (column: CodeColumn) => column.slicesFrom(0);
  const both = ({ x, y }: BenchColumns) => ({ x: all(x), y: all(y) });
  return [
    { name: 'read only', columnReads: 1, encode: (commands, { x }) => encodeRead(commands, x, bins), onCpu: null },
    {
      name: 'extent',
      columnReads: 1,
      encode: (commands, { x }) => encodeExtent(commands, all(x), extent),
      onCpu: findExtent,
    },
    {
      name: 'histogram, 1,024 bins',
      columnReads: 1,
      encode: (commands, { x }) => encodeHistogram(commands, all(x), EDGES, bins),
      onCpu: (x) => addHistogram(x, EDGES, binCounts),
    },
    {
      name: 'weighted histogram, 1,024 bins',
      columnReads: 2,
      encode: (commands, columns) => encodeWeightedHistogram(commands, both(columns), EDGES, bins),
      onCpu: (x, y) => addWeights(x, y, EDGES, binCounts),
    },
    {
      name: 'categories, 256',
      columnReads: 1,
      encode: (commands, { category }) => encodeCategoryCounts(commands, all(category), CATEGORIES, bins),
      onCpu: (x) => addCategories(x, binCounts),
    },
    {
      name: 'density, 1,024 × 1,024',
      columnReads: 2,
      encode: (commands, columns) => encodeDensity(commands, both(columns), GRID, cells),
      onCpu: (x, y) => addDensity(x, y, GRID, cellCounts),
    },
    {
      name: 'sums per cell, 1,024 × 1,024',
      columnReads: 3,
      encode: (commands, columns) =>
        encodeDensityValues(commands, { ...both(columns), value: all(columns.y) }, GRID, SUMS, figures),
      onCpu: (x, y) => addDensityValues({ x, y, value: y }, GRID, cellCounts),
    },
    {
      name: 'five quantiles',
      columnReads: 4,
      encode: (commands, { x }) => encodeRanks(commands, all(x), quartileRanks(x.rowCount), few),
      onCpu: (x) => codesAtRanks(x, quartileRanks(x.length)),
    },
    {
      name: 'rows in a box',
      columnReads: 4,
      encode: (commands, columns) =>
        encodeSelectRows(commands, both(columns), BOX, { count: few, rows, capacity: MOST_ROWS }),
      onCpu: (x, y) => selectRows([{ x, y, firstRow: 0 }], BOX, MOST_ROWS),
    },
    {
      name: 'rows in a polygon',
      columnReads: 4,
      encode: (commands, columns) =>
        encodeSelectRows(commands, both(columns), LASSO, { count: few, rows, capacity: MOST_ROWS }),
      onCpu: (x, y) => selectRows([{ x, y, firstRow: 0 }], LASSO, MOST_ROWS),
    },
    {
      name: 'nearest row',
      columnReads: 4,
      encode: (commands, columns) => encodeNearestRow(commands, both(columns), PLACE, few),
      onCpu: (x, y) => nearestRow([{ x, y, firstRow: 0 }], PLACE),
    },
    {
      name: 'codes of 1,000,000 rows',
      columnReads: 0,
      encode: (commands, { y }) => encodeGatherRows(commands, all(y), { buffer: rows, endRow: MOST_ROWS }, gathered),
      onCpu: (_, y) => gatherRows([y], evenRows),
    },
    {
      name: 'means of 1,048,576 cells',
      columnReads: 0,
      encode: (commands) => encodeCellValues(commands, figures, CELL_COUNT, MEAN, cells),
      onCpu: () => cellValues(cellCounts, 'mean', MEAN),
    },
    ...lineKernels(gpu),
    {
      // Last, because it overwrites the column.
      name: 'prefix sum',
      columnReads: 4,
      encode: (commands, { category }) => encodePrefixSum(commands, all(category), few),
      onCpu: (x) => sumBefore(x.slice()),
    },
  ];
}

function quartileRanks(rowCount: number): readonly number[] {
  return [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * (rowCount - 1)));
}

function categoriesOf(block: Uint32Array): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(block, (code) => code % CATEGORIES);
}

/** A polygon of so many corners around the middle, as a hand draws it. */
function roundPolygon(corners: number): Uint32Array<ArrayBuffer> {
  const angles = Array.from({ length: corners }, (_, corner) => (2 * Math.PI * corner) / corners);
  return Uint32Array.from(
    angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]),
    (part) => (1 + part / 2) * 2 ** 31,
  );
}

function encodeRead(commands: CommandList, column: CodeColumn, sink: GPUBuffer): void {
  const { device, maxWorkgroups } = commands.gpu;
  const pipeline = computePipeline(device, { label: 'readColumn', source: readColumnSource }, 'read_column', {});
  const pass = commands.encoder.beginComputePass();
  pass.setPipeline(pipeline);
  for (const { buffer, endRow } of column.slicesFrom(0)) {
    const rows = Uint32Array.of(Math.floor(endRow / 4), maxWorkgroups * 256, 0, 0);
    pass.setBindGroup(0, bindGroup(device, pipeline, 0, [commands.uniform(rows.buffer, 'rows'), buffer, sink]));
    pass.dispatchWorkgroups(maxWorkgroups);
  }
  pass.end();
}

function fill(gpu: GpuContext, block: Uint32Array<ArrayBuffer>, rowCount: number): CodeColumn {
  const column = new CodeColumn(gpu, 'bench', rowCount);
  const random = seededRandom(2);
  // Turned by another number of rows each time: an invocation must not meet the same rows in every block.
  for (let row = 0; row < rowCount; row += block.length) {
    const start = Math.floor(random() * block.length);
    const missing = rowCount - row;
    column.append(block.subarray(start).subarray(0, missing));
    column.append(block.subarray(0, Math.max(0, Math.min(start, missing - (block.length - start)))));
  }
  return column;
}

function reversed(block: Uint32Array): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(block).reverse();
}

function cpuMs({ onCpu }: Kernel, block: Uint32Array<ArrayBuffer>): string {
  if (!onCpu) return '';
  const y = reversed(block);
  const rounds = Array.from({ length: 3 }, () => {
    const startMs = performance.now();
    for (let row = 0; row < CPU_ROWS; row += block.length) onCpu(block, y);
    return performance.now() - startMs;
  });
  return Math.min(...rounds).toFixed(1);
}
