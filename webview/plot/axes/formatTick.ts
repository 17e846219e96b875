import { format, precisionFixed } from 'd3-format';
import { timeFormat, utcFormat } from 'd3-time-format';
import type { AxisScale } from './axisScale.ts';

const SI_FROM = 10_000;
const TINY_BELOW = 1e-4;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const siFormat = format('.12~s');
const plainFormat = format('.12~g');
const scientificFormat = format('.9~e');
const clockOf = (format: typeof utcFormat) => ({
  ms: format('.%L'),
  second: format(':%S'),
  minute: format('%H:%M'),
  fullSecond: format('%H:%M:%S'),
  day: format('%-d %b'),
  fullDay: format('%-d %b %Y'),
  month: format('%b'),
  year: format('%Y'),
});
const utc = clockOf(utcFormat);
const local = clockOf(timeFormat);

/** Labels of an axis's ticks, all in one style. */
export function formatTicks(scale: AxisScale, ticks: readonly number[]): readonly string[] {
  if (scale.kind === 'time') return ticks.map((ms) => formatTimeTick(ms, scale.isLocal === true));
  const largest = Math.max(...ticks.map(Math.abs), 0);
  const smallest = smallestDifference([0, ...ticks]);
  return ticks.map((tick) => formatNumberTick(tick, isLogarithmic(scale) ? Math.abs(tick) : largest, smallest));
}

function isLogarithmic({ kind }: AxisScale): boolean {
  return kind === 'log' || kind === 'symlog';
}

/** The least that lies between two ticks, or between one and zero. */
function smallestDifference(values: readonly number[]): number {
  const ascending = [...new Set(values)].sort((one, other) => one - other);
  return ascending.reduce(
    (least, value, index) => Math.min(least, value - (ascending[index - 1] ?? -Infinity)),
    Infinity,
  );
}

/** `1.2k`, `−60`, `0.25`: SI prefixes from ten thousand on. */
function formatNumberTick(tick: number, largest: number, smallest: number): string {
  if (tick === 0) return '0';
  if (largest >= SI_FROM) return largest < 1e27 ? withSiPrefix(tick) : scientificFormat(tick);
  if (largest < TINY_BELOW) return scientificFormat(tick);
  return plainFormat(Number(tick.toFixed(Math.min(12, precisionFixed(smallest) + 2))));
}

function withSiPrefix(tick: number): string {
  return Math.abs(tick) < 1 ? plainFormat(tick) : siFormat(tick).replace('G', 'B');
}

/** A moment as it stands on an axis: what tells it from its neighbours, and what they have in common. */
export interface TimeLevel {
  readonly label: string;
  /** Empty where the label says all. */
  readonly detail: string;
}

/** The labels of moments in two levels, by the finest unit that any of them needs. */
export function timeLevels(scale: AxisScale, ticks: readonly number[]): readonly TimeLevel[] {
  const isLocal = scale.isLocal === true;
  const clock = isLocal ? local : utc;
  const finest = ticks.map((ms) => unitOf(ms, isLocal)).reduce((one, other) => Math.min(one, other), YEAR);
  return ticks.map((ms) => {
    const date = new Date(ms);
    if (finest >= DAY && scale.isTimeOfDay) return { label: clock.minute(date), detail: '' };
    if (finest === YEAR) return { label: clock.year(date), detail: '' };
    if (finest === MONTH) return { label: clock.month(date), detail: clock.year(date) };
    if (finest === DAY) return { label: clock.day(date), detail: clock.year(date) };
    const label = finest === MINUTE ? clock.minute(date) : finest === SECOND ? clock.fullSecond(date) : clock.ms(date);
    return { label, detail: finest === MS ? clock.fullSecond(date) : scale.isTimeOfDay ? '' : clock.fullDay(date) };
  });
}

const [MS, SECOND, MINUTE, DAY, MONTH, YEAR] = [0, 1, 2, 3, 4, 5] as const;

/** The coarsest unit that a moment begins. */
function unitOf(ms: number, isLocal: boolean): number {
  const date = new Date(ms);
  const [day, month] = isLocal ? [date.getDate(), date.getMonth()] : [date.getUTCDate(), date.getUTCMonth()];
  const sinceMidnight = isLocal ? ms - new Date(ms).setHours(0, 0, 0, 0) : ms % DAY_MS;
  if (ms % SECOND_MS !== 0) return MS;
  if (ms % MINUTE_MS !== 0) return SECOND;
  if (sinceMidnight !== 0) return MINUTE;
  if (day !== 1) return DAY;
  return month === 0 ? YEAR : MONTH;
}

/** A moment by the coarsest unit that it begins: a year, a month, a day, a time of day. */
function formatTimeTick(ms: number, isLocal: boolean): string {
  const date = new Date(ms);
  const clock = isLocal ? local : utc;
  return [clock.ms, clock.second, clock.minute, clock.day, clock.month, clock.year][unitOf(ms, isLocal)]?.(date) ?? '';
}
