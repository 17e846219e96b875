import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Process ids of the engines that work for a window on `folder`, which is where they look for relative paths; Linux only. */
export function enginesIn(folder: string): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isEngineIn(pid, folder));
}

/** Seconds of CPU that a process has used; 0 when it has ended. Linux only. */
export function cpuSeconds(pid: number): number {
  const [, , , , , , , , , , , userTicks = 0, systemTicks = 0] = statFields(pid);
  return (Number(userTicks) + Number(systemTicks)) / TICKS_PER_SECOND;
}

/** What follows a process's name, which stands in brackets and may hold spaces; empty when it has ended. */
function statFields(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** The process that started another one; 0 when that has ended. Linux only. */
export function parentOf(pid: number): number {
  return Number(statFields(pid)[1] ?? 0);
}

function isEngineIn(pid: number, folder: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes('engine.cjs') && readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    // It has ended meanwhile, or belongs to somebody else.
    return false;
  }
}
