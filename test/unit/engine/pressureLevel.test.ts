import { expect, test } from 'vitest';
import type { MemoryReadings, PressureLevel } from '#common/protocol/engineContract';
import { availableBytes, controlGroupMemory } from '../../../extension/engine/memory/freeMemory.ts';
import { pressureLevel, pressureLimits } from '../../../extension/engine/memory/pressureLevel.ts';

const MB = 1024 * 1024;
const limits = pressureLimits(1024 * MB, 16_384 * MB);
const calm: MemoryReadings = { residentBytes: 0, duckdbBytes: 0, bufferBytes: 0, freeBytes: 16_384 * MB };

function check(name: string, readings: Partial<MemoryReadings>, expected: PressureLevel, previous?: PressureLevel) {
  test(name, () => expect(pressureLevel({ ...calm, ...readings }, limits, previous)).toBe(expected));
}

check('an engine at rest is under no pressure', {}, 'normal');
check('a process at its limit is elevated', { residentBytes: 1792 * MB }, 'elevated');
check('a process just below its limit is not', { residentBytes: 1791 * MB }, 'normal');
check('a process well beyond its limit is high', { residentBytes: 2061 * MB }, 'high');
check('a process far beyond its limit is critical', { residentBytes: 2330 * MB }, 'critical');
check('DuckDB at three quarters of its limit is elevated', { duckdbBytes: 768 * MB }, 'elevated');
check('DuckDB near its limit is high', { duckdbBytes: 922 * MB }, 'high');
check('DuckDB at its limit spills, which is no reason to refuse work', { duckdbBytes: 1024 * MB }, 'high');
check('half a gigabyte of results on their way is elevated', { bufferBytes: 512 * MB }, 'elevated');
check('two gigabytes of results on their way are critical', { bufferBytes: 2048 * MB }, 'critical');
check('a machine with little left is elevated', { freeBytes: 1536 * MB }, 'elevated');
check('a machine with less left is high', { freeBytes: 768 * MB }, 'high');
check('a machine with next to nothing left is critical', { freeBytes: 384 * MB }, 'critical');
check('a system that does not say what is free raises nothing', { freeBytes: null }, 'normal');
check('the worst reading decides', { residentBytes: 1800 * MB, freeBytes: 100 * MB }, 'critical');

check('rising is immediate', { freeBytes: 100 * MB }, 'critical', 'normal');
check('a level stays while its reading is just below', { freeBytes: 400 * MB }, 'critical', 'critical');
check('a level is left beyond the margin', { freeBytes: 430 * MB }, 'high', 'critical');
check('several levels may be left at once', {}, 'normal', 'critical');
check('a reading near a limit raises nothing by itself', { residentBytes: 1750 * MB }, 'normal', 'normal');
check('a reading near a limit holds the level', { residentBytes: 1750 * MB }, 'elevated', 'elevated');
check('a reading near a lower limit holds only that', { residentBytes: 1750 * MB }, 'elevated', 'critical');

test('a reading that swings around a limit changes the level once', () => {
  let level: PressureLevel = 'normal';
  const seen = new Set<PressureLevel>();
  for (let turn = 0; turn < 100; turn++) {
    level = pressureLevel({ ...calm, freeBytes: (turn % 2 === 0 ? 760 : 775) * MB }, limits, level);
    seen.add(level);
  }
  expect([...seen]).toEqual(['high']);
});

test('on a small machine free memory is judged by its share', () => {
  const small = pressureLimits(512 * MB, 2048 * MB);
  const levels = [300, 200, 120, 60].map((free) => pressureLevel({ ...calm, freeBytes: free * MB }, small));
  expect(levels).toEqual(['normal', 'elevated', 'high', 'critical']);
});

test('free memory of a Linux machine is what can be had, pages of files included', () => {
  const meminfo = 'MemTotal:       16384 kB\nMemFree:          100 kB\nMemAvailable:    8192 kB\n';
  expect([availableBytes(meminfo), availableBytes('MemFree: 1 kB')]).toEqual([8192 * 1024, null]);
});

test('free memory of a container leaves out what it gives back by itself', () => {
  const statistics = 'anon 300\nfile 650\ninactive_file 500\nactive_file 100\n';
  expect(controlGroupMemory('1000\n', '950\n', statistics)).toEqual({ totalBytes: 1000, freeBytes: 650 });
  expect(['max\n', '', '0'].map((max) => controlGroupMemory(max, '950', statistics))).toEqual([null, null, null]);
});
