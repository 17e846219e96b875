import { cpus, loadavg, release, totalmem, type } from 'node:os';

const BYTES_PER_GB = 1024 ** 3;

/** One line about the machine a measurement ran on, and how busy it was with other work. */
export function machineLine(): string {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / BYTES_PER_GB)} GB of memory`;
  const system = `${type()} ${release()}, Node ${process.versions.node}`;
  const load = `load average ${(loadavg()[0] ?? 0).toFixed(1)} before the start`;
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${memory}, ${system}; ${load}`;
}
