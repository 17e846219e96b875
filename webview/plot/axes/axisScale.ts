import { codeDomain } from '#common/plot/fixedPoint';
import type { ContinuousAxis } from '#common/plot/plotData';
import { scaleLinear, scaleLog, scaleUtc } from 'd3-scale';

/** A position in pixels for every value of an axis, and back. */
export interface AxisScale {
  readonly kind: 'linear' | 'log' | 'time';
  readonly domain: readonly [number, number];
  pixelFromData(value: number): number;
  dataFromPixel(pixel: number): number;
  /** About `count` round values inside the domain. */
  ticks(count: number): readonly number[];
}

/** Pixels of the domain's two ends. */
export type PixelRange = readonly [number, number];

const HALF_WIDTH_OF_CONSTANT = 0.5;

/** The scale of a number or time axis over `domain` (the axis's own one when left out). */
export function axisScale(axis: ContinuousAxis, range: PixelRange, domain = axis.domain): AxisScale {
  const shown = widened(domain, axis);
  if (axis.kind === 'temporal') return timeScale(shown, range);
  return axis.scale === 'log' ? logScale(shown, range) : linearScale(shown, range);
}

/** A linear scale from `domain` to `range`. */
export function linearScale(domain: readonly [number, number], range: PixelRange): AxisScale {
  const scale = scaleLinear(domain, range);
  return {
    kind: 'linear',
    domain,
    pixelFromData: (value) => scale(value),
    dataFromPixel: (pixel) => scale.invert(pixel),
    ticks: (count) => scale.ticks(count),
  };
}

/** Whether all values of an axis are the same, so that its codes have no width. */
export function isConstant(axis: ContinuousAxis): boolean {
  const [low, high] = codeDomain(axis);
  return low === high;
}

function logScale(domain: readonly [number, number], range: PixelRange): AxisScale {
  const scale = scaleLog(domain, range);
  return {
    kind: 'log',
    domain,
    pixelFromData: (value) => scale(value),
    dataFromPixel: (pixel) => scale.invert(pixel),
    ticks: (count) => scale.ticks(count),
  };
}

function timeScale(domain: readonly [number, number], range: PixelRange): AxisScale {
  const scale = scaleUtc(domain, range);
  return {
    kind: 'time',
    domain,
    pixelFromData: (value) => scale(value),
    dataFromPixel: (pixel) => scale.invert(pixel).getTime(),
    ticks: (count) => scale.ticks(count).map((date) => date.getTime()),
  };
}

function widened(domain: readonly [number, number], axis: ContinuousAxis): readonly [number, number] {
  const [low, high] = domain;
  if (low !== high) return domain;
  if (axis.scale === 'log') return [low / 2, low * 2];
  const room = axis.kind === 'temporal' ? 1000 : Math.max(HALF_WIDTH_OF_CONSTANT, Math.abs(low) * 1e-3);
  return [low - room, low + room];
}
