import { cpus, release, totalmem, type } from 'node:os';

const BYTES_PER_GB = 1024 ** 3;

/** One line about the machine a measurement ran on. */
export function machineLine(): string {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / BYTES_PER_GB)} GB of memory`;
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${memory}, ${type()} ${release()}, Node ${process.versions.node}`;
}
