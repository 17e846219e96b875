import { FIXED_MAX } from '#common/plot/plotData';
import { ALL_CODES, type CodeRange } from '#common/plot/codeRange';
import { codeSpan, type CodeSpan } from './rowSelection.ts';

/** A place on one axis of a plot, and how far from it a row may lie. */
export interface PickAxis {
  /** Code of the place; not whole, and outside of the codes where the pointer is beside the data. */
  readonly code: number;
  readonly codesPerPx: number;
  readonly reachPx: number;
  /** Codes that are shown: others are not picked. All when absent. */
  readonly shown?: CodeRange;
  /** Share of a pixel's distance that counts, 1 when absent: on a line the way up matters less than the way across. */
  readonly weight?: number;
}

/** Where a row is looked for. Rows farther than `reachPx`, weighted and measured straight, are not found. */
export interface PickPlace {
  readonly x: PickAxis;
  readonly y: PickAxis;
  readonly reachPx: number;
  /** The one series whose rows are picked; all when absent. */
  readonly series?: number;
}

/** One axis of a place in whole numbers; see `Place` in shaders/nearestRow.wgsl. */
export interface AxisReach extends CodeSpan {
  readonly center: number;
  readonly base: number;
  readonly shift: number;
  readonly factor: number;
}

/** A place in whole numbers. */
export interface PlaceReach {
  readonly x: AxisReach;
  readonly y: AxisReach;
  readonly reachSquared: number;
}

/** Parts of a pixel that distances are told apart by, where the reach is below 500 pixels; fewer where it is above. */
const PARTS_PER_PX = 64;
/** Most parts along one axis: two squares of them fit a word. */
export const MOST_PARTS = 32_767;
const FACTOR_BITS = 16;

/** A place in the whole numbers that both tiers reckon with; null where no code is within reach. */
export function placeReach({ x, y, reachPx }: PickPlace): PlaceReach | null {
  const farthestPx = Math.max(1, reachPx, x.reachPx * (x.weight ?? 1), y.reachPx * (y.weight ?? 1));
  const partsPerPx = Math.min(PARTS_PER_PX, MOST_PARTS / farthestPx);
  const across = axisReach(x, partsPerPx);
  const up = axisReach(y, partsPerPx);
  const reachParts = Math.floor(reachPx * partsPerPx);
  return across && up && { x: across, y: up, reachSquared: reachParts * reachParts };
}

function axisReach(axis: PickAxis, partsPerPx: number): AxisReach | null {
  const { code, codesPerPx, reachPx, shown = ALL_CODES, weight = 1 } = axis;
  const reachCodes = reachPx * codesPerPx;
  const span = codeSpan({
    low: Math.max(shown.low, Math.ceil(code - reachCodes)),
    high: Math.min(shown.high, Math.floor(code + reachCodes) + 1),
  });
  if (!span) return null;
  const center = Math.min(FIXED_MAX, Math.max(0, Math.round(code)));
  const partsPerCode = (partsPerPx * weight) / codesPerPx;
  const base = Math.min(MOST_PARTS, Math.floor(Math.abs(code - center) * partsPerCode));
  const farthest = Math.max(Math.abs(span.low - center), Math.abs(span.low + span.span - center));
  const shift = Math.max(0, Math.ceil(Math.log2(farthest + 1)) - FACTOR_BITS);
  const largestFactor = Math.floor((2 ** 32 - 1) / Math.max(1, Math.floor(farthest / 2 ** shift)));
  const factor = Math.min(largestFactor, Math.floor(partsPerCode * 2 ** (shift + FACTOR_BITS)));
  return { ...span, center, base, shift, factor };
}
