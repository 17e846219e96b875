import type { ContinuousAxis } from '#common/plot/plotData';
import { format } from 'd3-format';
import { utcFormat } from 'd3-time-format';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MOST_DECIMALS = 12;
const PLAIN_BELOW = 1e15;
const PLAIN_FROM = 1e-6;
const INTEGER_TYPE = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;

const counts = format(',');
const scientific = format('.6~e');
const dateFormat = utcFormat('%Y-%m-%d');
const secondFormat = utcFormat('%Y-%m-%d %H:%M:%S');
const minuteFormat = utcFormat('%Y-%m-%d %H:%M');
const millisecondFormat = utcFormat('%Y-%m-%d %H:%M:%S.%L');
const clockFormat = utcFormat('%H:%M:%S');

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
  if (axis.kind === 'temporal') return formatTime(value, axis.type, resolution);
  if (INTEGER_TYPE.test(axis.type) && resolution <= 1) return counts(Math.round(value)).replace(/^-/, '−');
  return formatNumber(value, resolution);
}

/** What one code of the axis can tell apart at a value, in data units. */
export function resolutionOf(axis: ContinuousAxis, value: number): number {
  return axis.scale === 'log' ? Math.abs(value) * axis.step : axis.step;
}

function formatNumber(value: number, resolution: number): string {
  const size = Math.abs(value);
  if (size >= PLAIN_BELOW || (size > 0 && size < PLAIN_FROM)) return scientific(value);
  const decimals = resolution > 0 ? Math.floor(-Math.log10(resolution)) : MOST_DECIMALS;
  return format(`,.${Math.min(MOST_DECIMALS, Math.max(0, decimals))}~f`)(value);
}

function formatTime(ms: number, type: string, resolutionMs: number): string {
  if (type === 'DATE') return dateFormat(new Date(Math.round(ms / DAY_MS) * DAY_MS));
  if (/^TIME( WITH TIME ZONE)?$/.test(type)) return clockFormat(new Date(Math.round(ms / SECOND_MS) * SECOND_MS));
  if (resolutionMs < 1) return withoutZeroTime(Math.round(ms));
  if (resolutionMs < SECOND_MS) return withoutZeroTime(Math.round(ms / SECOND_MS) * SECOND_MS);
  return withoutZeroTime(Math.round(ms / MINUTE_MS) * MINUTE_MS);
}

function withoutZeroTime(ms: number): string {
  const date = new Date(ms);
  if (ms % DAY_MS === 0) return dateFormat(date);
  if (ms % MINUTE_MS === 0) return minuteFormat(date);
  return ms % SECOND_MS === 0 ? secondFormat(date) : millisecondFormat(date);
}
