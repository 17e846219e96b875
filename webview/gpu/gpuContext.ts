import { Arena } from './arena.ts';

/** A device with what every kernel and pass needs beside it. */
export interface GpuContext {
  readonly device: GPUDevice;
  readonly arena: Arena;
  /** Workgroups of one dispatch at most; grid-stride loops cover any number of rows with any number of them. */
  readonly maxWorkgroups: number;
}

/** Fills the largest device measured, 132 cores that hold eight each, and is far below every limit of 65,535. */
const FILLING_WORKGROUPS = 1056;

/** Wraps a device; the arena belongs to the context's owner. */
export function createGpuContext(device: GPUDevice): GpuContext {
  const maxWorkgroups = Math.min(FILLING_WORKGROUPS, device.limits.maxComputeWorkgroupsPerDimension);
  return { device, arena: new Arena(device), maxWorkgroups };
}
