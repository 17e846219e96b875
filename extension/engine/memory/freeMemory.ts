import { readFile } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';

/** Memory of the machine, or of the container this process is in. */
export interface MachineMemory {
  readonly totalBytes: number;
  /** Null where the system's figure leaves out what it would give back at once. */
  readonly freeBytes: number | null;
}

const KILOBYTE = 1024;
const CGROUP_FOLDER = '/sys/fs/cgroup';

/** Reads how much memory there is and how much of it can still be had. */
export async function readMachineMemory(): Promise<MachineMemory> {
  if (process.platform !== 'linux') {
    // macOS counts as free only what serves nobody, which is next to nothing on a healthy machine.
    return { totalBytes: totalmem(), freeBytes: process.platform === 'darwin' ? null : freemem() };
  }
  const [meminfo, group] = await Promise.all([readText('/proc/meminfo'), readControlGroup()]);
  const machine = { totalBytes: totalmem(), freeBytes: availableBytes(meminfo) ?? freemem() };
  if (!group || group.totalBytes >= machine.totalBytes) return machine;
  return { totalBytes: group.totalBytes, freeBytes: Math.min(machine.freeBytes, group.freeBytes) };
}

/** `MemAvailable` of `/proc/meminfo`, in bytes. */
export function availableBytes(meminfo: string): number | null {
  const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(meminfo)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * KILOBYTE;
}

/**
 * A control group's memory from its files `memory.max`, `memory.current` and `memory.stat`; null when it has no limit.
 * Pages of files are left out of what is used: they are given back when something else needs the room.
 */
export function controlGroupMemory(
  max: string,
  current: string,
  statistics: string,
): { readonly totalBytes: number; readonly freeBytes: number } | null {
  const totalBytes = Number(max.trim());
  if (!(totalBytes > 0)) return null;
  const pages = ['inactive_file', 'active_file'].map((name) =>
    Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(statistics)?.[1] ?? 0),
  );
  const usedBytes = pages.reduce((used, bytes) => used - bytes, Number(current));
  return { totalBytes, freeBytes: Math.max(0, totalBytes - usedBytes) };
}

async function readControlGroup() {
  const path = /^0::(.*)$/m.exec(await readText('/proc/self/cgroup'))?.[1] ?? '/';
  const files = ['memory.max', 'memory.current', 'memory.stat'];
  const [max = '', current = '', statistics = ''] = await Promise.all(
    files.map((name) => readText(join(CGROUP_FOLDER, path, name))),
  );
  return controlGroupMemory(max, current, statistics);
}

/** A file's text; empty when there is no such file. */
function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
