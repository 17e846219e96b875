import { FIXED_MAX } from '#common/plot/plotData';
import { isSoftware, RAISED_LIMITS } from '../../../webview/gpu/chooseRenderer.ts';
import { CodeColumn } from '../../../webview/gpu/codeColumn.ts';
import { bindGroup, CommandList } from '../../../webview/gpu/commandList.ts';
import { addDensity } from '../../../webview/gpu/cpu/density.ts';
import { findExtent } from '../../../webview/gpu/cpu/extent.ts';
import { addHistogram } from '../../../webview/gpu/cpu/histogram.ts';
import { createGpuContext, type GpuContext } from '../../../webview/gpu/gpuContext.ts';
import { encodeDensity } from '../../../webview/gpu/kernels/density.ts';
import { createExtentBuffer, encodeExtent } from '../../../webview/gpu/kernels/extent.ts';
import { encodeHistogram } from '../../../webview/gpu/kernels/histogram.ts';
import { computePipeline } from '../../../webview/gpu/pipelines.ts';
import { openTestDevice } from '../../support/gpuDevice.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { markdownTable } from '../markdownTable.ts';
import readColumnSource from './readColumn.wgsl';
import { Stopwatch } from './stopwatch.ts';

const SOFTWARE_ROWS = 2 ** 23;
const HARDWARE_ROWS = 100_000_000;
const GRID = { shiftX: 22, shiftY: 22, columns: 1024, rows: 1024 };
const EDGES = Uint32Array.from({ length: 1025 }, (_, bin) => Math.round((bin / 1024) * FIXED_MAX));
const CPU_ROWS = 2 ** 23;
const BLOCK_ROWS = 2 ** 20;
const BYTES_PER_CODE = 4;
const GIGA = 1e9;
const MEBI = 2 ** 20;

interface Distribution {
  readonly name: string;
  readonly block: Uint32Array<ArrayBuffer>;
}

interface Kernel {
  readonly name: string;
  readonly columnCount: number;
  readonly encode: (commands: CommandList, x: CodeColumn, y: CodeColumn) => void;
  readonly onCpu: ((x: Uint32Array, y: Uint32Array) => void) | null;
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
  const gpu = createGpuContext(device);
  const measured = kernels(gpu);
  const stopwatch = new Stopwatch(gpu);
  const lines: string[][] = [];
  for (const { name, block } of distributions()) {
    const columns = [fill(gpu, block, rowCount), fill(gpu, reversed(block), rowCount)] as const;
    let floorGbs = 0;
    for (const kernel of measured) {
      const { medianMs, spreadMs } = await stopwatch.times((commands) => kernel.encode(commands, ...columns));
      const gbs = (rowCount * BYTES_PER_CODE * kernel.columnCount) / GIGA / (medianMs / 1000);
      floorGbs ||= gbs;
      const times = [medianMs.toFixed(3), spreadMs.toFixed(3), gbs.toFixed(1), (gbs / floorGbs).toFixed(2)];
      lines.push([kernel.name, name, ...times, peakMib(gpu)]);
    }
    columns.forEach((column) => column.dispose());
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
  const bins = gpu.arena.buffer(EDGES.byteLength, usage, 'bins');
  const cells = gpu.arena.buffer(GRID.columns * GRID.rows * BYTES_PER_CODE, usage, 'cells');
  const extent = createExtentBuffer(gpu);
  const binCounts = new Uint32Array(EDGES.length - 1);
  const cellCounts = new Uint32Array(GRID.columns * GRID.rows);
  return [
    { name: 'read only', columnCount: 1, encode: (commands, x) => encodeRead(commands, x, bins), onCpu: null },
    {
      name: 'extent',
      columnCount: 1,
      encode: (commands, x) => encodeExtent(commands, x.slicesFrom(0), extent),
      onCpu: findExtent,
    },
    {
      name: 'histogram, 1,024 bins',
      columnCount: 1,
      encode: (commands, x) => encodeHistogram(commands, x.slicesFrom(0), EDGES, bins),
      onCpu: (x) => addHistogram(x, EDGES, binCounts),
    },
    {
      name: 'density, 1,024 × 1,024',
      columnCount: 2,
      encode: (commands, x, y) => encodeDensity(commands, { x: x.slicesFrom(0), y: y.slicesFrom(0) }, GRID, cells),
      onCpu: (x, y) => addDensity(x, y, GRID, cellCounts),
    },
  ];
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

function cpuMs({ onCpu }: Kernel, block: Uint32Array): string {
  if (!onCpu) return '';
  const y = reversed(block);
  const rounds = Array.from({ length: 3 }, () => {
    const startMs = performance.now();
    for (let row = 0; row < CPU_ROWS; row += block.length) onCpu(block, y);
    return performance.now() - startMs;
  });
  return Math.min(...rounds).toFixed(1);
}
