import { densityGrid } from '#common/plot/densityGrid';
import { CountClient } from '../../../webview/gpu/cpu/countClient.ts';
import { addDensity } from '../../../webview/gpu/cpu/density.ts';
import { benchData, coded } from './benchData.ts';

/** Times of counting the same rows into the same cells, in milliseconds, round by round. */
export interface DensityTimes {
  readonly plain: number[];
  readonly twin: number[];
  readonly oneWorker: number[];
  readonly twoWorkers: number[];
}

const GRID = densityGrid(1024, 512);
const CELLS = GRID.columns * GRID.rows;
const BATCH_ROWS = 131_072;

/** The CPU twin of density beside a plain loop, and in one and two workers; all of them take turns. */
export async function measureDensity(rows: number, rounds: number): Promise<DensityTimes> {
  const data = benchData('scatter', rows);
  const [x, y] = [coded('x', data.x).codes, coded('y', data.y).codes];
  const one = openJob(1, x, y);
  const two = openJob(2, x, y);
  const times: DensityTimes = { plain: [], twin: [], oneWorker: [], twoWorkers: [] };
  const expected = plainLoop(x, y);
  await Promise.all([one.read(), two.read()]);
  for (let round = 0; round < rounds; round += 1) {
    await timed(times.plain, () => Promise.resolve(plainLoop(x, y)), expected);
    await timed(times.twin, () => Promise.resolve(twinLoop(x, y)), expected);
    await timed(times.oneWorker, () => recounted(one), expected);
    await timed(times.twoWorkers, () => recounted(two), expected);
  }
  one.client.dispose();
  two.client.dispose();
  return times;
}

function plainLoop(x: Uint32Array, y: Uint32Array): Uint32Array {
  const { shiftX, shiftY, columns } = GRID;
  const counts = new Uint32Array(CELLS);
  for (let row = 0; row < x.length; row += 1) {
    const codeX = x[row] as number;
    const codeY = y[row] as number;
    if (codeX === 0xffffffff || codeY === 0xffffffff) continue;
    (counts[(codeY >>> shiftY) * columns + (codeX >>> shiftX)] as number)++;
  }
  return counts;
}

function twinLoop(x: Uint32Array, y: Uint32Array): Uint32Array {
  const counts = new Uint32Array(CELLS);
  addDensity(x, y, GRID, counts);
  return counts;
}

function openJob(workers: number, x: Uint32Array, y: Uint32Array) {
  const client = new CountClient(workers);
  const job = client.open({ kind: 'density', grid: GRID });
  for (let row = 0; row < x.length; row += BATCH_ROWS) {
    job.append([x.slice(row, row + BATCH_ROWS), y.slice(row, row + BATCH_ROWS)] as [
      Uint32Array<ArrayBuffer>,
      Uint32Array<ArrayBuffer>,
    ]);
  }
  return { client, recount: job.recount.bind(job), read: job.read.bind(job) };
}

async function recounted(job: ReturnType<typeof openJob>): Promise<Uint32Array> {
  job.recount({ kind: 'density', grid: GRID });
  return (await job.read()).counts;
}

async function timed(into: number[], work: () => Promise<Uint32Array>, expected: Uint32Array): Promise<void> {
  const startMs = performance.now();
  const counts = await work();
  into.push(performance.now() - startMs);
  if (!counts.every((count, cell) => count === expected[cell])) throw new Error('The counts differ.');
}
