import type { TierTrial } from '#common/renderer/gpuFindings';
import { densityGrid } from '#common/plot/densityGrid';
import { CodeColumn } from './codeColumn.ts';
import { CommandList } from './commandList.ts';
import { addDensity } from './cpu/density.ts';
import { createGpuContext, type GpuContext } from './gpuContext.ts';
import { encodeDensity } from './kernels/density.ts';
import { readBuffer } from './readBuffer.ts';

const ROWS = 1_000_000;
const GRID = densityGrid(1024, 512);
const CELLS = GRID.columns * GRID.rows;
const REPEATS = 3;
/** Odd numbers that walk through all codes, Knuth's and one of xxHash's. */
const STEP_X = 2_654_435_761;
const STEP_Y = 2_246_822_519;

/** Counts the same rows into the same cells by both tiers: their best times, uploads not counted, and whether they agree. */
export async function tryTiers(device: GPUDevice): Promise<TierTrial> {
  const [x, y] = [STEP_X, STEP_Y].map((step) =>
    Uint32Array.from({ length: ROWS }, (_, row) => Math.imul(row, step) >>> 0),
  ) as [Uint32Array<ArrayBuffer>, Uint32Array<ArrayBuffer>];
  const gpu = createGpuContext(device);
  try {
    const { counts, gpuMs } = await countOnGpu(gpu, x, y);
    const { expected, cpuMs } = countOnCpu(x, y);
    return { rows: ROWS, gpuMs, cpuMs, isEqual: expected.every((count, cell) => count === counts[cell]) };
  } finally {
    gpu.arena.dispose();
  }
}

function countOnCpu(x: Uint32Array, y: Uint32Array): { expected: Uint32Array; cpuMs: number } {
  const expected = new Uint32Array(CELLS);
  let cpuMs = Infinity;
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    expected.fill(0);
    const startMs = performance.now();
    addDensity(x, y, GRID, expected);
    cpuMs = Math.min(cpuMs, performance.now() - startMs);
  }
  return { expected, cpuMs };
}

async function countOnGpu(
  gpu: GpuContext,
  x: Uint32Array<ArrayBuffer>,
  y: Uint32Array<ArrayBuffer>,
): Promise<{ counts: Uint32Array; gpuMs: number }> {
  const columns = [x, y].map((codes) => {
    const column = new CodeColumn(gpu, 'trial', ROWS);
    column.append(codes);
    return column.slicesFrom(0);
  });
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffer = gpu.arena.buffer(CELLS * Uint32Array.BYTES_PER_ELEMENT, usage, 'trial counts');
  let gpuMs = Infinity;
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    await gpu.device.queue.onSubmittedWorkDone();
    const startMs = performance.now();
    const commands = new CommandList(gpu, 'trial');
    commands.encoder.clearBuffer(buffer);
    encodeDensity(commands, { x: columns[0] ?? [], y: columns[1] ?? [] }, GRID, buffer);
    commands.submit();
    await gpu.device.queue.onSubmittedWorkDone();
    gpuMs = Math.min(gpuMs, performance.now() - startMs);
  }
  return { counts: await readBuffer(gpu, buffer, CELLS), gpuMs };
}
