import type { ContinuousAxis, GroupAxis, PlotHeader } from '#common/plot/plotData';
import { codedOf } from '#common/plot/scaleCoding';
import { ALL_CODES, type CodeRange } from '#common/plot/codeRange';
import { isConstant } from '../axes/axisScale.ts';

/** The part of a plot that is shown, in codes per axis; null is the whole axis. */
export interface PlotWindow {
  readonly x: CodeRange | null;
  readonly y: CodeRange | null;
}

/** What the windows of a plot stay inside; null is an axis that always shows everything. */
export type PlotLimits = PlotWindow;

/** One of both axes. */
export type AxisName = 'x' | 'y';

/** The whole plot. */
export const WHOLE_PLOT: PlotWindow = { x: null, y: null };

/** Codes across the narrowest window: two for every cell of the finest grid, so that cells stay wider than rounding. */
const NARROWEST_CODES = 4096;

/** What of a plot can be zoomed: number and time axes that have a width, and categories where there are several. */
export function limitsOf(header: PlotHeader): PlotLimits {
  switch (header.plotKind) {
    case 'scatter':
    case 'line':
      return {
        x: isConstant(header.x) ? null : wholeCodes(header.x),
        y: isConstant(header.y) ? null : wholeCodes(header.y),
      };
    case 'histogram':
      return { x: isConstant(header.x) ? null : codesAround(header.x, header.edges), y: null };
    case 'groups':
      return { x: rangeOfGroups(header.x), y: rangeOfGroups(header.y) };
    case 'bars':
      return { x: rangeOfGroups(header.x), y: null };
  }
}

/** The codes of everything that an axis of a scatter or a line shows. */
export function wholeCodes({ even }: Pick<ContinuousAxis, 'even'>): CodeRange {
  return even ? { low: 0, high: even.count * 2 ** even.shift } : ALL_CODES;
}

/** Categories divide all codes evenly: zooming in shows fewer and wider ones. */
function rangeOfGroups(axis: GroupAxis): CodeRange | null {
  const isFixed = axis.kind === 'nominal' ? axis.field === '' || axis.categories.length < 2 : isConstant(axis);
  return isFixed ? null : ALL_CODES;
}

/** The stretch of each category along an axis that is `lengthPx` long, in the direction of the codes. */
export function categorySpans(
  count: number,
  lengthPx: number,
  range: CodeRange | null,
): readonly (readonly [number, number])[] {
  const { low, high } = range ?? ALL_CODES;
  const pixelsPerCode = lengthPx / (high - low);
  const codesPerCategory = (ALL_CODES.high - ALL_CODES.low) / Math.max(1, count);
  const pixel = (index: number) => (index * codesPerCategory - low) * pixelsPerCode;
  return Array.from({ length: count }, (_, index) => [pixel(index), pixel(index + 1)] as const);
}

/** Whether two windows show the same. */
export function isSameWindow(one: PlotWindow, other: PlotWindow): boolean {
  return isSameRange(one.x, other.x) && isSameRange(one.y, other.y);
}

/** Whether a window leaves something of its plot out. */
export function isZoomed({ x, y }: PlotWindow): boolean {
  return x !== null || y !== null;
}

/**
 * Multiplies what an axis shows by `factor`; what stands at `anchor` stays there, unless the end of the axis is in the way.
 * @param anchor Share of the axis's length, 0 at its low end.
 */
export function zoomRange(
  shown: CodeRange | null,
  limits: CodeRange,
  anchor: number,
  factor: number,
): CodeRange | null {
  const { low, high } = shown ?? limits;
  const width = Math.max(NARROWEST_CODES, (high - low) * factor);
  return fitted(low + anchor * (high - low - width), width, limits);
}

/** Moves what an axis shows by a share of its own width, as far as the axis goes. */
export function panRange(shown: CodeRange | null, limits: CodeRange, share: number): CodeRange | null {
  const { low, high } = shown ?? limits;
  return fitted(low + share * (high - low), high - low, limits);
}

/** Narrows what an axis shows to the part between two shares of its length. */
export function cutRange(shown: CodeRange | null, limits: CodeRange, from: number, to: number): CodeRange | null {
  const { low, high } = shown ?? limits;
  const [first, last] = [clamp(Math.min(from, to), 0, 1), clamp(Math.max(from, to), 0, 1)];
  const width = Math.max(NARROWEST_CODES, (last - first) * (high - low));
  return fitted(low + ((first + last) / 2) * (high - low) - width / 2, width, limits);
}

/** The range of `width` codes that begins as near to `low` as the limits allow. */
function fitted(low: number, width: number, limits: CodeRange): CodeRange | null {
  const whole = Math.round(width);
  if (whole >= limits.high - limits.low) return null;
  const first = clamp(Math.round(low), limits.low, limits.high - whole);
  return { low: first, high: first + whole };
}

/** Bins may begin before the first value and end after the last one; their codes go on evenly there. */
function codesAround(axis: ContinuousAxis, edges: readonly number[]): CodeRange {
  const position = (edge: number) => (codedOf(edge, axis.scale) - axis.origin) / axis.step;
  return { low: Math.floor(position(edges[0] ?? 0)), high: Math.ceil(position(edges.at(-1) ?? 0)) };
}

function isSameRange(one: CodeRange | null, other: CodeRange | null): boolean {
  return one?.low === other?.low && one?.high === other?.high;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
