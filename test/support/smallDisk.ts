import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Mounts a disk of one megabyte at a path, where the tests may mount one. @returns Whether it is there. */
export function mountSmallDisk(path: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  mkdirSync(path, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path]).status === 0;
}

/** Makes a disk read-only, which stops root too. */
export function protectDisk(path: string): void {
  const { status } = spawnSync('mount', ['-o', 'remount,ro', path]);
  if (status !== 0) throw new Error(`${path} could not be made read-only`);
}

/** Takes a disk away again. */
export function unmountDisk(path: string): void {
  spawnSync('umount', ['-l', path]);
}
