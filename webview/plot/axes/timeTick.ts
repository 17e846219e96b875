import type { AxisScale } from './axisScale.ts';
import { plotLocale } from './locale.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A double of epoch milliseconds tells about a quarter of a microsecond apart. */
const MICROSECOND_DIGITS = 6;
/** Finer than any difference that such a double holds. */
const WHOLE_WITHIN_MS = 2e-4;

const [MICROSECOND, MS, SECOND, MINUTE, DAY, MONTH, YEAR] = [-1, 0, 1, 2, 3, 4, 5] as const;

const { time } = plotLocale;
const clockOf = (format: typeof time.utcFormat) => ({
  ms: format('.%L'),
  second: format(':%S'),
  minute: format('%H:%M'),
  fullSecond: format('%H:%M:%S'),
  day: format('%-d %b'),
  month: format('%b'),
});
const utc = clockOf(time.utcFormat);
const local = clockOf(time.format);

type TimeScale = Pick<AxisScale, 'isLocal' | 'isTimeOfDay'>;

/** A moment as it stands on an axis: what tells it from its neighbours, and what they have in common. */
export interface TimeLevel {
  readonly label: string;
  /** Empty where the label says all. */
  readonly detail: string;
}

/** The labels of moments in two levels, by the finest unit that any of them needs. */
export function timeLevels(scale: TimeScale, ticks: readonly number[]): readonly TimeLevel[] {
  const isLocal = scale.isLocal === true;
  const finest = ticks.map((ms) => unitOf(ms, isLocal)).reduce((one, other) => Math.min(one, other), YEAR);
  return ticks.map((ms) => levelsOf(ms, finest, scale));
}

function levelsOf(ms: number, finest: number, { isLocal = false, isTimeOfDay = false }: TimeScale): TimeLevel {
  const date = new Date(Math.floor(ms + WHOLE_WITHIN_MS));
  const clock = isLocal ? local : utc;
  const year = yearText(isLocal ? date.getFullYear() : date.getUTCFullYear());
  if (finest >= DAY && isTimeOfDay) return { label: clock.minute(date), detail: '' };
  if (finest === YEAR) return { label: year, detail: '' };
  if (finest === MONTH) return { label: clock.month(date), detail: year };
  if (finest === DAY) return { label: clock.day(date), detail: year };
  if (finest === MICROSECOND) return { label: fractionText(ms), detail: clock.fullSecond(date) };
  if (finest === MS) return { label: clock.ms(date), detail: clock.fullSecond(date) };
  const label = finest === MINUTE ? clock.minute(date) : clock.fullSecond(date);
  return { label, detail: isTimeOfDay ? '' : `${clock.day(date)} ${year}` };
}

/** A moment by the coarsest unit that it begins: a year, a month, a day, a time of day. */
export function formatTimeTick(ms: number, { isLocal = false }: TimeScale): string {
  const date = new Date(Math.floor(ms + WHOLE_WITHIN_MS));
  const clock = isLocal ? local : utc;
  const unit = unitOf(ms, isLocal);
  if (unit === MICROSECOND) return fractionText(ms);
  if (unit === YEAR) return yearText(isLocal ? date.getFullYear() : date.getUTCFullYear());
  return [clock.ms, clock.second, clock.minute, clock.day, clock.month][unit]?.(date) ?? '';
}

/** `.000125`: what is more than a whole second. */
export function fractionText(ms: number): string {
  const rest = ((ms % SECOND_MS) + SECOND_MS) % SECOND_MS;
  return (rest / SECOND_MS).toFixed(MICROSECOND_DIGITS).slice(1);
}

/** Whether a moment is no whole millisecond. */
export function hasMicroseconds(ms: number): boolean {
  return Math.abs(ms - Math.round(ms)) > WHOLE_WITHIN_MS;
}

/** `2024`, `44 BC`; the calendar has no year 0. */
function yearText(year: number): string {
  return year > 0 ? String(year) : `${1 - year} BC`;
}

/** The coarsest unit that a moment begins. */
function unitOf(ms: number, isLocal: boolean): number {
  if (hasMicroseconds(ms)) return MICROSECOND;
  const whole = Math.round(ms);
  const date = new Date(whole);
  const [day, month] = isLocal ? [date.getDate(), date.getMonth()] : [date.getUTCDate(), date.getUTCMonth()];
  const sinceMidnight = isLocal ? whole - new Date(whole).setHours(0, 0, 0, 0) : whole % DAY_MS;
  if (whole % SECOND_MS !== 0) return MS;
  if (whole % MINUTE_MS !== 0) return SECOND;
  if (sinceMidnight !== 0) return MINUTE;
  if (day !== 1) return DAY;
  return month === 0 ? YEAR : MONTH;
}
