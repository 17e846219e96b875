import { chooseEdges } from '#common/plot/chooseEdges';
import { fieldKind, isIntegerType } from '#common/plot/fieldKind';
import { edgeCodes } from '#common/plot/fixedPoint';
import { isCategory } from '#common/plot/groupsForm';
import type { Channel } from '#common/plot/plotSpec';
import { countOfUnits, unitEdges, UNIT_OF_TIME_UNIT, type CalendarUnit } from '#common/plot/timeBins';
import { zoneClock } from '#common/plot/zoneClock';
import { axisSql, doubleLiteral } from './axisSql.ts';
import type { FieldSource } from './fieldSource.ts';
import { binSql } from './histogramSql.ts';
import type { PlannedAxis } from './plannedAxis.ts';

/** How rows are put together along one axis; `key` is SQL that is equal for the rows of one place. */
export type GroupPlaces =
  | {
      readonly kind: 'category';
      readonly key: string;
      /** Whether the values have an order of their own: numbers, times, booleans. */
      readonly isOrdered: boolean;
    }
  | { readonly kind: 'bins'; readonly key: string; readonly isPlaced: string; readonly edges: readonly number[] }
  | { readonly kind: 'values'; readonly key: string; readonly isPlaced: string };

/** Places closer together than a share of the axis are one: about a pixel. */
const MOST_PLACES = 2000;
const DAY_MS = 86_400_000;
const UNIT_MS: readonly (readonly [string, number])[] = [
  ['second', 1000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', DAY_MS],
  ['week', 7 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['year', 365 * DAY_MS],
];

/** The places of a channel whose values are categories. */
export function categoryPlaces(source: FieldSource, field: string): GroupPlaces & { readonly kind: 'category' } {
  const { sql, column } = source.read(field);
  const isOrdered = column.type === 'BOOLEAN' || ['quantitative', 'temporal'].includes(fieldKind(column.type));
  return { kind: 'category', key: isOrdered ? sql : `CAST(${sql} AS VARCHAR)`, isOrdered };
}

/** The places of a number or time axis: its bins, or its values as far as a picture can tell them apart. */
export function continuousPlaces(axis: PlannedAxis, channel: Channel, isBinned: boolean): GroupPlaces {
  const { header, isPlaced } = axis;
  if (isBinned) {
    const edges = chooseEdges(header, channel);
    return { kind: 'bins', key: binSql(edgeCodes(edges, header), axis.code), isPlaced, edges };
  }
  return { kind: 'values', key: valueKey(axis, channel), isPlaced };
}

/** Whether a channel's values are put into categories, bins or neither. */
export function placeKind(channel: Channel, type: string, isBar: boolean): GroupPlaces['kind'] {
  const kind = fieldKind(type);
  if (isCategory(channel) || (kind !== 'quantitative' && kind !== 'temporal')) return 'category';
  if (channel.bin) return 'bins';
  if (!isBar) return 'values';
  // Of times in their own order none may be left out, as rare categories are.
  return kind === 'temporal' && (channel.timeUnit === undefined || isInOwnOrder(channel)) ? 'bins' : 'category';
}

function isInOwnOrder({ sort }: Channel): boolean {
  return sort === undefined || sort === null || sort === 'ascending';
}

function valueKey(axis: PlannedAxis, channel: Channel): string {
  const { header, column } = axis;
  const { domain, type, kind } = header;
  const span = domain[1] - domain[0];
  const value = axisSql(column, type, 'linear').value;
  if (kind === 'temporal') {
    if (type.startsWith('TIME') && !type.startsWith('TIMESTAMP')) return value;
    const unit = channel.timeUnit ? UNIT_OF_TIME_UNIT[channel.timeUnit] : fittingUnit(span, type);
    const local = unit === null ? null : localKey(axis, unit);
    if (local !== null) return local;
    return unit === null ? value : `epoch_us(CAST(date_trunc('${unit}', ${column}) AS TIMESTAMP)) / 1e3`;
  }
  if (span === 0 || span === Infinity || (isIntegerType(type) && span <= MOST_PLACES)) return value;
  const step = 10 ** Math.ceil(Math.log10(span / MOST_PLACES));
  return step >= 1
    ? `floor(${value} / ${step}) * ${step}`
    : `floor(${value} * ${Math.round(1 / step)}) / ${Math.round(1 / step)}`;
}

/** The beginning of the span of a local clock that a row lies in; null where that is the one of UTC, or cannot be told from it. */
function localKey({ header, code }: PlannedAxis, unit: string): string | null {
  const { domain, type, timeZone } = header;
  if (timeZone === undefined || type === 'DATE' || !isCalendarUnit(unit) || countOfUnits(domain, unit) > MOST_PLACES)
    return null;
  const edges = unitEdges(domain, unit, zoneClock(timeZone));
  return `[${edges.map(doubleLiteral).join(', ')}][1 + ${binSql(edgeCodes(edges, header), code)}]`;
}

function isCalendarUnit(unit: string): unit is Exclude<CalendarUnit, 'minute'> {
  return unit !== 'second' && unit !== 'minute';
}

function fittingUnit(spanMs: number, type: string): string | null {
  if (type === 'DATE' && spanMs / DAY_MS <= MOST_PLACES) return null;
  return UNIT_MS.find(([, unitMs]) => spanMs / unitMs <= MOST_PLACES)?.[0] ?? 'year';
}
