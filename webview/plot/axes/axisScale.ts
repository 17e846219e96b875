import { wholeDomain } from '#common/plot/evenValues';
import { codeDomain, spanFactor } from '#common/plot/fixedPoint';
import type { ContinuousAxis } from '#common/plot/plotData';
import type { AxisScaleType } from '#common/plot/scaleCoding';
import {
  scaleLinear,
  scaleLog,
  scaleSqrt,
  scaleSymlog,
  scaleTime,
  scaleUtc,
  type ScaleContinuousNumeric,
} from 'd3-scale';

/** A position in pixels for every value of an axis, and back. */
export interface AxisScale {
  readonly kind: AxisScaleType | 'time';
  /** Of times: whether they are shown by the clock of this machine, in place of UTC. */
  readonly isLocal?: boolean;
  /** Of times: whether they have no date. */
  readonly isTimeOfDay?: boolean;
  readonly domain: readonly [number, number];
  pixelFromData(value: number): number;
  dataFromPixel(pixel: number): number;
  /** About `count` round values inside the domain. */
  ticks(count: number): readonly number[];
}

/** Pixels of the domain's two ends. */
export type PixelRange = readonly [number, number];

const HALF_WIDTH_OF_CONSTANT = 0.5;
const SECOND_MS = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

/** The scale of a number or time axis over `domain` (all that the axis shows when left out). */
export function axisScale(axis: ContinuousAxis, range: PixelRange, domain = wholeDomain(axis)): AxisScale {
  const shown = widened(domain, axis);
  if (axis.kind === 'temporal')
    return { ...timeScale(shown, range, axis.isLocal === true), isTimeOfDay: isTimeOfDay(axis) };
  return numberScale(axis.scale ?? 'linear', shown, range);
}

/** A linear scale from `domain` to `range`. */
export function linearScale(domain: readonly [number, number], range: PixelRange): AxisScale {
  return numberScale('linear', domain, range);
}

/** Whether an axis shows times without a date. */
export function isTimeOfDay({ type }: Pick<ContinuousAxis, 'type'>): boolean {
  return /^TIME(_NS)?( WITH TIME ZONE)?$/.test(type);
}

/** Whether all values of an axis are the same, so that its codes have no width. */
export function isConstant(axis: ContinuousAxis): boolean {
  const [low, high] = codeDomain(axis);
  return low === high;
}

type ScaleOf = (
  domain: readonly [number, number],
  range: PixelRange,
) => Pick<ScaleContinuousNumeric<number, number>, 'invert' | 'ticks'> & ((value: number) => number);

const NUMBER_SCALES: Readonly<Record<AxisScaleType, ScaleOf>> = {
  linear: (domain, range) => scaleLinear(domain, range),
  log: (domain, range) => scaleLog(domain, range),
  symlog: (domain, range) => scaleSymlog(domain, range),
  sqrt: (domain, range) => scaleSqrt(domain, range),
};

function numberScale(kind: AxisScaleType, domain: readonly [number, number], range: PixelRange): AxisScale {
  // A domain may be wider than the largest double: its halves are not.
  const factor = kind === 'linear' ? spanFactor(domain) : 1;
  const scale = NUMBER_SCALES[kind]([domain[0] * factor, domain[1] * factor], range);
  return {
    kind,
    domain,
    pixelFromData: (value) => scale(value * factor),
    dataFromPixel: (pixel) => scale.invert(pixel) / factor,
    ticks: (count) =>
      kind === 'symlog' ? symlogTicks(domain, count) : scale.ticks(count).map((value) => value / factor),
  };
}

/** Zero and powers of ten on both sides of it; round values where the domain is too short for them. */
function symlogTicks([low, high]: readonly [number, number], count: number): readonly number[] {
  const largest = Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high), 1)));
  const powers = Array.from({ length: largest + 1 }, (_, power) => 10 ** power);
  const all = [...powers.toReversed().map((power) => -power), 0, ...powers];
  const inside = all.filter((value) => value >= low && value <= high);
  if (inside.length < 3) return scaleLinear([low, high], [0, 1]).ticks(count);
  const every = Math.max(1, Math.ceil(inside.length / (count + 1)));
  const middle = Math.max(0, inside.indexOf(0));
  return inside.filter((_, index) => (index - middle) % every === 0);
}

function timeScale(domain: readonly [number, number], range: PixelRange, isLocal: boolean): AxisScale {
  // Dates hold whole milliseconds only.
  const scale = scaleLinear(domain, range);
  const calendar = (isLocal ? scaleTime : scaleUtc)(domain, range);
  return {
    kind: 'time',
    isLocal,
    domain,
    pixelFromData: (value) => scale(value),
    dataFromPixel: (pixel) => scale.invert(pixel),
    ticks: (count) =>
      domain[1] - domain[0] < count
        ? ticksWithinMs(domain, count)
        : calendar.ticks(count).map((date) => date.getTime()),
  };
}

/** Round parts of milliseconds down to microseconds, which dates cannot hold. */
function ticksWithinMs([low, high]: readonly [number, number], count: number): readonly number[] {
  const base = Math.floor(low);
  return scaleLinear([low - base, high - base], [0, 1])
    .ticks(count)
    .filter((rest) => Math.abs(rest * 1000 - Math.round(rest * 1000)) < 1e-6)
    .map((rest) => base + rest);
}

function widened(domain: readonly [number, number], axis: ContinuousAxis): readonly [number, number] {
  const [low, high] = domain;
  if (low !== high) return domain;
  if (axis.scale === 'log') return [low / 2, low * 2];
  const room =
    axis.kind === 'temporal'
      ? axis.type === 'DATE'
        ? DAY_MS
        : SECOND_MS
      : Math.max(HALF_WIDTH_OF_CONSTANT, Math.abs(low) * 1e-3);
  return [low - room, low + room];
}
