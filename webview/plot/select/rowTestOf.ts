import { codedOf } from '#common/plot/scaleCoding';
import { baseType, isIntegerType } from '#common/plot/fieldKind';
import { codeDomain, codeOf } from '#common/plot/fixedPoint';
import { FIXED_MAX, FIXED_NULL, type ContinuousAxis, type PlotHeader } from '#common/plot/plotData';
import {
  cornerRange,
  polygonEdges,
  type AxisSelection,
  type Corner,
  type PlotSelection,
} from '#common/plot/plotSelection';
import type { CodeBounds, CodeValues, RowTest } from '../../gpu/rowTest.ts';

const ALL_ROWS: CodeBounds = { low: 0, high: FIXED_NULL };
const PLACED: CodeBounds = { low: 0, high: FIXED_MAX };
const NO_ROWS: CodeBounds = { low: 1, high: 0 };
const DAY_MS = 86_400_000;

/** A selection as a test of codes; null for plots whose rows are not codes. */
export function rowTestOf(selection: PlotSelection, header: PlotHeader): RowTest | null {
  if (header.plotKind === 'histogram') {
    return selection.kind === 'ranges' ? { kind: 'ranges', x: spanOf(selection.x, header.x), y: ALL_ROWS } : null;
  }
  if (header.plotKind !== 'scatter' && header.plotKind !== 'line') return null;
  const { x, y } = header;
  if (selection.kind === 'ranges') return { kind: 'ranges', x: spanOf(selection.x, x), y: spanOf(selection.y, y) };
  const { corners } = selection;
  return {
    kind: 'polygon',
    x: boxSpan(corners, 0, x),
    y: boxSpan(corners, 1, y),
    xValues: valuesOf(x),
    yValues: valuesOf(y),
    edges: polygonEdges(corners),
  };
}

function spanOf(part: AxisSelection | undefined, axis: ContinuousAxis): CodeBounds {
  if (!part) return ALL_ROWS;
  if (part.kind === 'placed') return PLACED;
  return part.kind === 'values' ? codesBetween(part, axis) : NO_ROWS;
}

/** The codes of the values from `low` to `high`; codes rise with the values, so both ends are found alike. */
function codesBetween(
  { low, high, isHighIncluded }: Extract<AxisSelection, { kind: 'values' }>,
  axis: ContinuousAxis,
): CodeBounds {
  // DuckDB compares a FLOAT column with the nearest FLOAT of a literal.
  const [from, to] = baseType(axis.type) === 'FLOAT' ? [Math.fround(low), Math.fround(high)] : [low, high];
  const [minimum, maximum] = axis.domain;
  if (from > maximum || to < minimum || (!isHighIncluded && to <= minimum)) return NO_ROWS;
  const end = isHighIncluded || to > maximum ? coded(to, axis) : coded(to, axis) - 1;
  return { low: coded(from, axis), high: end };
}

function coded(value: number, axis: ContinuousAxis): number {
  return codeOf(codedOf(value, axis.scale), codeDomain(axis));
}

/** A box around a polygon, wide enough for what rounding may add. */
function boxSpan(corners: readonly Corner[], index: 0 | 1, axis: ContinuousAxis): CodeBounds {
  if (axis.domain[0] === axis.domain[1]) return PLACED;
  const [low, high] = cornerRange(corners, index).map((value) => (axis.scale === 'log' ? value * Math.LN10 : value));
  const domain = codeDomain(axis);
  return {
    low: Math.max(0, codeOf(low ?? 0, domain) - 2),
    high: Math.min(FIXED_MAX, codeOf(high ?? 0, domain) + 2),
  };
}

function valuesOf(axis: ContinuousAxis): CodeValues {
  const { origin, step, scale, type } = axis;
  if (scale === 'log') return { origin: origin / Math.LN10, step: step / Math.LN10, unit: 0 };
  if (scale === 'symlog' || scale === 'sqrt') return { origin, step, unit: 0 };
  return { origin, step, unit: baseType(type) === 'DATE' ? DAY_MS : isIntegerType(type) && step < 1 ? 1 : 0 };
}
