import { FIXED_NULL } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { Arena } from '../../webview/gpu/arena.ts';
import { chunkFor, CHUNK_ROWS, CodeColumn } from '../../webview/gpu/codeColumn.ts';
import { CommandList } from '../../webview/gpu/commandList.ts';
import { createGpuContext } from '../../webview/gpu/gpuContext.ts';
import { encodeHistogram } from '../../webview/gpu/kernels/histogram.ts';
import { readBuffer } from '../../webview/gpu/readBuffer.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { randomCodes } from './columns.ts';

const USAGE = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});

describe('a column', () => {
  test.each([1, 7, 500, 1024, 1500, 5000])('counted after every %i rows counts each row once', async (batchRows) => {
    const gpu = createGpuContext(device);
    const codes = randomCodes(10_007, batchRows, 9);
    const counted = codes.subarray(0, Math.floor(2000 / batchRows) * batchRows + 3 * batchRows);
    const column = new CodeColumn(gpu, 'test', 0, 1024);
    const total = gpu.arena.buffer(4, USAGE(), 'total');
    device.queue.writeBuffer(total, 0, new Uint32Array(1));
    for (let row = 0; row < counted.length; row += batchRows) {
      const before = column.rowCount;
      column.append(counted.slice(row, row + batchRows));
      const commands = new CommandList(gpu, 'count');
      encodeHistogram(commands, column.slicesFrom(before), Uint32Array.of(0, FIXED_NULL), total);
      commands.submit();
    }
    expect([...(await readBuffer(gpu, total, 1))]).toEqual([counted.filter((code) => code !== FIXED_NULL).length]);
    column.dispose();
    gpu.arena.release(total);
    expect(gpu.arena.liveLabels).toEqual([]);
    gpu.arena.dispose();
  });
});

describe('the chunks of a column', () => {
  test.each([
    { missing: -5, rows: CHUNK_ROWS },
    { missing: 0, rows: CHUNK_ROWS },
    { missing: 1, rows: 1 },
    { missing: CHUNK_ROWS, rows: CHUNK_ROWS },
    { missing: CHUNK_ROWS + 1, rows: CHUNK_ROWS },
    { missing: 1.7 * CHUNK_ROWS, rows: 2 * CHUNK_ROWS },
    { missing: 5 * CHUNK_ROWS, rows: 4 * CHUNK_ROWS },
    { missing: 400_000_000, rows: 2 ** 28 },
  ])('for $missing rows to come have room for $rows', ({ missing, rows }) => expect(chunkFor(missing)).toBe(rows));

  test('of more than 8 million rows hold every row once, whatever lies in them', async () => {
    const gpu = createGpuContext(device);
    const rows = 2 * CHUNK_ROWS + 1000;
    const codes = new Uint32Array(rows).map((_, row) => row);
    const column = new CodeColumn(gpu, 'long', rows);
    for (let row = 0; row < rows; row += 5_000_011) column.append(codes.subarray(row, row + 5_000_011));
    const slices = column.slicesFrom(0);
    expect(slices.map(({ firstRow, endRow }) => [firstRow, endRow])).toEqual([
      [0, 2 * CHUNK_ROWS],
      [0, 1000],
    ]);
    const ends = await Promise.all(slices.map(({ buffer, endRow }) => readBuffer(gpu, buffer, endRow)));
    expect(Buffer.concat(ends.map((part) => Buffer.from(part.buffer))).equals(Buffer.from(codes.buffer))).toBe(true);
    column.dispose();
    expect(gpu.arena.liveLabels).toEqual([]);
    gpu.arena.dispose();
  });
});

describe('above the budget of the arena', () => {
  const ROWS = 5000;
  const BYTES = 24_000;

  /** Three columns on a budget of so many bytes, each counted by its own submit. */
  async function threeColumns(budgetBytes: number) {
    const gpu = { ...createGpuContext(device), arena: new Arena(device, budgetBytes) };
    const total = gpu.arena.buffer(4, USAGE(), 'total');
    const columns = [1, 2, 3].map((seed) => ({ seed, column: new CodeColumn(gpu, `column ${seed}`, 0, 1024) }));
    const codesOf = (seed: number) => randomCodes(ROWS, seed, seed + 1);
    const count = async ({ seed, column }: (typeof columns)[number]) => {
      const commands = new CommandList(gpu, 'count');
      commands.encoder.clearBuffer(total);
      encodeHistogram(commands, column.slicesFrom(0), Uint32Array.of(0, FIXED_NULL), total);
      commands.submit();
      expect([...(await readBuffer(gpu, total, 1))]).toEqual([
        codesOf(seed).filter((code) => code !== FIXED_NULL).length,
      ]);
    };
    for (const { seed, column } of columns) {
      column.append(codesOf(seed));
      gpu.arena.submitted();
    }
    const live = () =>
      columns.map(({ seed }) => gpu.arena.liveLabels.some((label) => label === `column ${seed} codes`));
    return { gpu, columns, count, live, total };
  }

  test('columns that were not used for the longest time give way, and come back when they are', async () => {
    const { gpu, columns, count, live } = await threeColumns(2 * BYTES);
    expect(live()).toEqual([false, true, true]);
    for (const column of [...columns, ...columns.toReversed()]) await count(column);
    expect(live()).toEqual([true, true, false]);
    columns.forEach(({ column }) => column.dispose());
    expect(gpu.arena.liveLabels).toEqual(['total']);
    gpu.arena.dispose();
  });
  test('what the commands that are being written use stays', async () => {
    const { gpu, columns, live } = await threeColumns(10 * BYTES);
    const before = columns.map(({ column }) => column.slicesFrom(0).length);
    gpu.arena.freeAll();
    expect([before, live()]).toEqual([
      [5, 5, 5],
      [true, true, true],
    ]);
    gpu.arena.submitted();
    gpu.arena.freeAll();
    expect(live()).toEqual([false, false, false]);
    gpu.arena.dispose();
  });
  test('short memory lowers the budget, and enough memory gives it back', async () => {
    const { gpu, columns, count, live } = await threeColumns(8 * BYTES);
    gpu.arena.setPressure('critical');
    expect(live()).toEqual([false, false, true]);
    gpu.arena.setPressure('normal');
    for (const column of columns) await count(column);
    expect(live()).toEqual([true, true, true]);
    gpu.arena.dispose();
  });
});

describe('the arena', () => {
  test('reuses a released buffer of the same size class and usage, and counts every byte', () => {
    const arena = new Arena(device);
    const first = arena.buffer(1000, USAGE(), 'first');
    expect([first.size, arena.liveBytes, arena.pooledBytes]).toEqual([1024, 1024, 0]);
    arena.release(first);
    expect([arena.liveBytes, arena.pooledBytes]).toEqual([0, 1024]);
    expect(arena.buffer(600, USAGE(), 'second')).toBe(first);
    expect(arena.buffer(600, USAGE(), 'third')).not.toBe(first);
    expect([arena.liveLabels, arena.pooledBytes]).toEqual([['second', 'third'], 0]);
    arena.dispose();
    expect([arena.liveBytes, arena.pooledBytes]).toEqual([0, 0]);
  });
  test('hands out sizes that any binding can begin or end at', () => {
    const arena = new Arena(device);
    const sizes = [1, 4, 255, 257, 1000, 70_000].map((bytes) => arena.buffer(bytes, USAGE(), 'sized').size % 256);
    expect(sizes).toEqual([0, 0, 0, 0, 0, 0]);
    arena.dispose();
  });
  test('refuses what the device cannot hold, and a second release', () => {
    const arena = new Arena(device);
    const tooMuch = device.limits.maxStorageBufferBindingSize + 1;
    expect(() => arena.buffer(tooMuch, USAGE(), 'huge')).toThrow(expect.objectContaining({ code: 'gpu-limit' }));
    const buffer = arena.buffer(4, USAGE(), 'small');
    arena.release(buffer);
    expect(() => arena.release(buffer)).toThrow('small');
    arena.dispose();
  });
});
