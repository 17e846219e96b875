import { readdir, readFile } from 'node:fs/promises';

const BYTES_PER_KB = 1024;

/** Resident bytes of a process now. */
export async function residentBytes(pid: number): Promise<number> {
  return statusField(pid, 'VmRSS');
}

/** Most bytes a process ever had resident. */
export async function peakResidentBytes(pid: number): Promise<number> {
  return statusField(pid, 'VmHWM');
}

async function statusField(pid: number, name: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  return Number(kilobytes ?? 0) * BYTES_PER_KB;
}

/** Process whose parent is `parent` and whose command line holds `text`; undefined when there is none. */
export async function findChild(parent: number, text: string): Promise<number | undefined> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [status, commandLine] = await Promise.all([
      readFile(`/proc/${name}/status`, 'utf8').catch(() => ''),
      readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => ''),
    ]);
    if (Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === parent && commandLine.includes(text)) return Number(name);
  }
  return undefined;
}

/** Samples the resident bytes of a process until stopped. */
export function watchMemory(pid: number, intervalMs: number): { stop(): number } {
  let peak = 0;
  const timer = setInterval(() => {
    void residentBytes(pid).then((bytes) => (peak = Math.max(peak, bytes)));
  }, intervalMs);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}
