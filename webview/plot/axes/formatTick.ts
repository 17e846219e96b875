import { format, precisionFixed } from 'd3-format';
import { utcFormat } from 'd3-time-format';
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
const timeOfDay = { ms: utcFormat('.%L'), second: utcFormat(':%S'), minute: utcFormat('%H:%M') };
const calendar = { day: utcFormat('%-d %b'), month: utcFormat('%b'), year: utcFormat('%Y') };

/** Labels of an axis's ticks, all in one style. */
export function formatTicks(scale: AxisScale, ticks: readonly number[]): readonly string[] {
  if (scale.kind === 'time') return ticks.map(formatTimeTick);
  const largest = Math.max(...ticks.map(Math.abs), 0);
  const smallest = smallestDifference([0, ...ticks]);
  return ticks.map((tick) => formatNumberTick(tick, scale.kind === 'log' ? Math.abs(tick) : largest, smallest));
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

/** The coarsest unit that the moment begins: a year, a month, a day, a time of day. */
function formatTimeTick(ms: number): string {
  const date = new Date(ms);
  if (ms % SECOND_MS !== 0) return timeOfDay.ms(date);
  if (ms % MINUTE_MS !== 0) return timeOfDay.second(date);
  if (ms % DAY_MS !== 0) return timeOfDay.minute(date);
  if (date.getUTCDate() !== 1) return calendar.day(date);
  return date.getUTCMonth() === 0 ? calendar.year(date) : calendar.month(date);
}
