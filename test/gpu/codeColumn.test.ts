import { FIXED_NULL } from '#common/plot/plotData';
import { beforeAll, describe, expect, test } from 'vitest';
import { Arena } from '../../webview/gpu/arena.ts';
import { CodeColumn } from '../../webview/gpu/codeColumn.ts';
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
