import type { ContinuousAxis } from '#common/plot/plotData';
import { valuesPerCoded } from '#common/plot/scaleCoding';
import { plotLocale } from './locale.ts';
import { fractionText, hasMicroseconds } from './timeTick.ts';

/** Times that differ by less are told apart by their microseconds. */
const MICROSECONDS_BELOW_MS = 0.1;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MOST_DECIMALS = 12;
const PLAIN_BELOW = 1e15;
const PLAIN_FROM = 1e-6;
const INTEGER_TYPE = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;

const { format } = plotLocale.number;
const counts = format(',');
const scientific = format('.6~e');
const clockOf = (format: typeof plotLocale.time.utcFormat) => ({
  date: format('%Y-%m-%d'),
  second: format('%Y-%m-%d %H:%M:%S'),
  minute: format('%Y-%m-%d %H:%M'),
  millisecond: format('%Y-%m-%d %H:%M:%S.%L'),
});
const utc = clockOf(plotLocale.time.utcFormat);
const local = clockOf(plotLocale.time.format);
const timeOfDay = plotLocale.time.utcFormat('%H:%M:%S');

/** `1,204`. */
export const formatCount = (count: number): string => counts(count);

/** `0.04 %`, `< 0.01 %`: the share of `part` in `whole`. */
export function formatShare(part: number, whole: number): string {
  const percent = whole > 0 ? (100 * part) / whole : 0;
  if (percent > 0 && percent < 0.01) return '< 0.01 %';
  return `${format('.2~f')(percent)} %`;
}

/**
 * A value of an axis as text, no more exact than `resolution`.
 * @param resolution Smallest difference worth showing, in data units; 0 shows everything.
 */
export function formatValue(value: number, axis: ContinuousAxis, resolution: number): string {
  if (axis.kind === 'temporal') return formatTime(value, axis, resolution);
  if (INTEGER_TYPE.test(axis.type) && resolution <= 1) return counts(Math.round(value)).replace(/^-/, '−');
  return formatNumber(value, resolution);
}

/** What one code of the axis can tell apart at a value, in data units. */
export function resolutionOf(axis: ContinuousAxis, value: number): number {
  return valuesPerCoded(value, axis.scale) * axis.step;
}

function formatNumber(value: number, resolution: number): string {
  const size = Math.abs(value);
  if (size >= PLAIN_BELOW || (size > 0 && size < PLAIN_FROM)) return scientific(value);
  const decimals = resolution > 0 ? Math.floor(-Math.log10(resolution)) : MOST_DECIMALS;
  return format(`,.${Math.min(MOST_DECIMALS, Math.max(0, decimals))}~f`)(value);
}

function formatTime(ms: number, { type, isLocal = false }: ContinuousAxis, resolutionMs: number): string {
  if (type === 'DATE') return utc.date(new Date(Math.round(ms / DAY_MS) * DAY_MS));
  if (/^TIME( WITH TIME ZONE)?$/.test(type)) return timeOfDay(new Date(Math.round(ms / SECOND_MS) * SECOND_MS));
  if (resolutionMs < MICROSECONDS_BELOW_MS && hasMicroseconds(ms)) return withMicroseconds(ms, isLocal);
  if (resolutionMs < 1) return withoutZeroTime(Math.round(ms), isLocal);
  if (resolutionMs < SECOND_MS) return withoutZeroTime(Math.round(ms / SECOND_MS) * SECOND_MS, isLocal);
  return withoutZeroTime(Math.round(ms / MINUTE_MS) * MINUTE_MS, isLocal);
}

function withMicroseconds(ms: number, isLocal: boolean): string {
  const date = new Date(Math.floor(ms));
  return `${(isLocal ? local : utc).second(date)}${fractionText(ms)}`;
}

function withoutZeroTime(ms: number, isLocal: boolean): string {
  const date = new Date(ms);
  const clock = isLocal ? local : utc;
  const midnightMs = isLocal ? new Date(ms).setHours(0, 0, 0, 0) : Math.floor(ms / DAY_MS) * DAY_MS;
  if (ms === midnightMs) return clock.date(date);
  if (ms % MINUTE_MS === 0) return clock.minute(date);
  return ms % SECOND_MS === 0 ? clock.second(date) : clock.millisecond(date);
}
