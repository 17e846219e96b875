import { baseType, isIntegerType } from '#common/plot/fieldKind';
import type { ContinuousAxis } from '#common/plot/plotData';

const DAY_MS = 86_400_000;
const CLOCK_STEPS_MS = [DAY_MS, 3_600_000, 60_000, 1000, 100, 10, 1] as const;
const MICROSECOND_MS = 1e-3;

/**
 * The roundest value that looks the same as `value` on the screen, so that a selection reads well as SQL.
 * @param perPixel What one pixel spans there, in data units.
 */
export function niceBound(value: number, perPixel: number, axis: Pick<ContinuousAxis, 'kind' | 'type'>): number {
  if (!Number.isFinite(value)) return value;
  if (axis.kind === 'temporal') return niceTime(value, perPixel, axis.type);
  const exponent = Math.floor(Math.log10(perPixel));
  return roundedTo(value, isIntegerType(axis.type) ? Math.max(0, exponent) : exponent);
}

/** A value as a multiple of a power of ten that is written with its digits only. */
function roundedTo(value: number, exponent: number): number {
  if (!Number.isFinite(exponent)) return value;
  const multiple = exponent < 0 ? Math.round(value * 10 ** -exponent) : Math.round(value / 10 ** exponent);
  if (!Number.isSafeInteger(multiple)) return value;
  // No minus zero, which SQL would be given as `-0`.
  return (exponent < 0 ? multiple / 10 ** -exponent : multiple * 10 ** exponent) + 0;
}

function niceTime(ms: number, perPixelMs: number, type: string): number {
  if (baseType(type) === 'DATE') return Math.round(ms / DAY_MS) * DAY_MS;
  const step = CLOCK_STEPS_MS.find((each) => each <= perPixelMs) ?? MICROSECOND_MS;
  return step < 1 ? Math.round(ms / step) / Math.round(1 / step) : Math.round(ms / step) * step;
}
