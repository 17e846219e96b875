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
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold spaces; user and system time are the 12th and 13th field after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
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
