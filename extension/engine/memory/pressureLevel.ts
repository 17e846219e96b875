import type { MemoryReadings, PressureLevel } from '#common/protocol/engineContract';

/** Bytes at which a reading means `elevated`, `high` and `critical`. */
export type Thresholds = readonly [elevated: number, high: number, critical: number];

/** The thresholds of each reading; free memory counts downwards. */
export type PressureLimits = { readonly [R in keyof MemoryReadings]: Thresholds };

const MEGABYTE = 1024 * 1024;
const LEVELS: readonly PressureLevel[] = ['normal', 'elevated', 'high', 'critical'];
/** Node itself, the rows in flight and what DuckDB takes beyond its limit. */
const PROCESS_OVERHEAD_BYTES = 768 * MEGABYTE;
const BUFFER_BYTES: Thresholds = [512 * MEGABYTE, 1024 * MEGABYTE, 2048 * MEGABYTE];
const FREE_SHARES: Thresholds = [0.1, 0.06, 0.03];
const FREE_BYTES: Thresholds = [1536 * MEGABYTE, 768 * MEGABYTE, 384 * MEGABYTE];
/** A level is left only when every reading has moved this share away from where it began. */
const EASE_SHARE = 0.1;

/**
 * Limits for an engine whose DuckDB may use `memoryLimitBytes` of a machine with `machineBytes`.
 * DuckDB at its limit spills and goes on, so by itself it never makes the pressure critical.
 */
export function pressureLimits(memoryLimitBytes: number, machineBytes: number): PressureLimits {
  const processBytes = memoryLimitBytes + PROCESS_OVERHEAD_BYTES;
  const free = (level: 0 | 1 | 2) => Math.min(FREE_SHARES[level] * machineBytes, FREE_BYTES[level]);
  return {
    residentBytes: [processBytes, processBytes * 1.15, processBytes * 1.3],
    duckdbBytes: [memoryLimitBytes * 0.75, memoryLimitBytes * 0.9, Infinity],
    bufferBytes: BUFFER_BYTES,
    freeBytes: [free(0), free(1), free(2)],
  };
}

/**
 * How short memory is: the worst of all readings.
 *
 * @param previous The level so far: rising is immediate, falling needs a margin, so that a reading near a limit does not flutter.
 */
export function pressureLevel(
  readings: MemoryReadings,
  limits: PressureLimits,
  previous: PressureLevel = 'normal',
): PressureLevel {
  const before = LEVELS.indexOf(previous);
  const risen = worstLevel(readings, limits, 0);
  const eased = Math.min(before, worstLevel(readings, limits, EASE_SHARE));
  return LEVELS[Math.max(risen, eased)] ?? 'critical';
}

/** Whether `level` is `floor` or worse. */
export function isAtLeast(level: PressureLevel, floor: PressureLevel): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(floor);
}

function worstLevel(readings: MemoryReadings, limits: PressureLimits, margin: number): number {
  const { freeBytes } = readings;
  const used = (['residentBytes', 'duckdbBytes', 'bufferBytes'] as const).map(
    (name) => limits[name].filter((threshold) => readings[name] >= threshold * (1 - margin)).length,
  );
  const free =
    freeBytes === null ? 0 : limits.freeBytes.filter((threshold) => freeBytes <= threshold * (1 + margin)).length;
  return Math.max(...used, free);
}
