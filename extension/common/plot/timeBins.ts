import { niceBins, type BinEdges } from './niceBins.ts';
import type { TimeUnit } from './plotSpec.ts';
import { zoneClock, type ZoneClock } from './zoneClock.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
const MONTH_MS = (365.25 / 12) * DAY_MS;
/** 1970-01-05, a Monday: weeks are counted from here. */
const FIRST_MONDAY_MS = 4 * DAY_MS;
/** Times further than this from 1970 have no calendar date in JavaScript. */
const MAX_DATE_MS = 8.64e15;

const CLOCK_STEPS_MS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_MS),
  ...[DAY_MS, 2 * DAY_MS, WEEK_MS],
];
const MONTH_STEPS: readonly number[] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000];

/**
 * Bin edges on a clock and its calendar: the finest customary step that makes at most `maxBins` bins.
 * The last bin ends after the maximum. @param domain Epoch milliseconds.
 */
export function timeBins(domain: readonly [number, number], maxBins: number, clock = zoneClock()): BinEdges {
  const [minimum, maximum] = domain;
  const span = maximum - minimum;
  if (span === 0 && Math.abs(minimum) < MAX_DATE_MS / 2) return clockEdges(domain, DAY_MS, clock);
  const isDate = Math.max(Math.abs(minimum), Math.abs(maximum)) < MAX_DATE_MS / 2;
  if (!isDate || span < maxBins) return niceBins(domain, maxBins, false);
  const clockStep = CLOCK_STEPS_MS.find((step) => span / step <= maxBins);
  if (clockStep !== undefined) return clockEdges(domain, clockStep, clock);
  const months = MONTH_STEPS.find((count) => span / (count * MONTH_MS) <= maxBins);
  return months === undefined ? niceBins(domain, maxBins, false) : calendarEdges(domain, months, clock);
}

/** Edges at the beginnings of all spans of a unit that hold some of a domain. @param domain Epoch milliseconds. */
export function unitEdges(domain: readonly [number, number], unit: CalendarUnit, clock: ZoneClock): BinEdges {
  const { stepMs, months } = CALENDAR_UNITS[unit];
  return months === 0 ? clockEdges(domain, stepMs, clock) : calendarEdges(domain, months, clock);
}

/** About how many spans of a unit a domain holds. */
export function countOfUnits([minimum, maximum]: readonly [number, number], unit: CalendarUnit): number {
  const { stepMs, months } = CALENDAR_UNITS[unit];
  return (maximum - minimum) / (months === 0 ? stepMs : months * MONTH_MS);
}

/** Spans of time that begin by a zone's clock. */
export type CalendarUnit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const CALENDAR_UNITS: Readonly<Record<CalendarUnit, { readonly stepMs: number; readonly months: number }>> = {
  minute: { stepMs: MINUTE_MS, months: 0 },
  hour: { stepMs: HOUR_MS, months: 0 },
  day: { stepMs: DAY_MS, months: 0 },
  week: { stepMs: WEEK_MS, months: 0 },
  month: { stepMs: 0, months: 1 },
  quarter: { stepMs: 0, months: 3 },
  year: { stepMs: 0, months: 12 },
};

/** The span of the calendar that a time unit is. */
export const UNIT_OF_TIME_UNIT: Readonly<Record<TimeUnit, CalendarUnit>> = {
  year: 'year',
  yearquarter: 'quarter',
  yearmonth: 'month',
  yearweek: 'week',
  yearmonthdate: 'day',
  yearmonthdatehours: 'hour',
  yearmonthdatehoursminutes: 'minute',
};

function clockEdges([minimum, maximum]: readonly [number, number], step: number, clock: ZoneClock): BinEdges {
  const origin = step === WEEK_MS ? FIRST_MONDAY_MS : 0;
  const floorOf = (clockMs: number) => Math.floor((clockMs - origin) / step) * step + origin;
  // The same time of a clock that was set back comes twice: hours and less are counted on from the hour before.
  if (step <= HOUR_MS) return evenEdges([minimum, maximum], step, clock, floorOf);
  const first = floorOf(clock.clockFromUtc(minimum));
  const count = Math.round((floorOf(clock.clockFromUtc(maximum)) - first) / step) + 1;
  return rising(
    Array.from({ length: count + 1 }, (_, index) => clock.utcFromClock(first + index * step)),
    maximum,
  );
}

function evenEdges(
  [minimum, maximum]: readonly [number, number],
  step: number,
  clock: ZoneClock,
  floorOf: (clockMs: number) => number,
): BinEdges {
  const early = (utcMs: number) => {
    const clockMs = clock.clockFromUtc(utcMs);
    return clockMs - floorOf(clockMs);
  };
  const edges = [minimum - early(minimum)];
  for (let last = edges[0] ?? minimum; last <= maximum; edges.push(last)) {
    // After a change by less than a step the clock is at a round time sooner, or a bin begins with the change.
    const next = last + step;
    const round = next - early(next);
    last = round > last && early(round) === 0 ? round : next;
  }
  return edges;
}

function calendarEdges([minimum, maximum]: readonly [number, number], months: number, clock: ZoneClock): BinEdges {
  const place = (utcMs: number) => Math.floor(monthOf(clock.clockFromUtc(utcMs)) / months);
  const first = place(minimum);
  const edges = Array.from({ length: place(maximum) - first + 2 }, (_, index) =>
    clock.utcFromClock(startOfMonth((first + index) * months)),
  );
  return rising(edges, maximum);
}

/** Edges without those that a skip of the clock made equal; the last one stays beyond the maximum. */
function rising(edges: readonly number[], maximum: number): BinEdges {
  const kept = edges.filter((edge, index) => index === 0 || edge > (edges[index - 1] ?? edge));
  return kept.filter((_, index) => index === 0 || (kept[index - 1] ?? maximum) <= maximum);
}

/** Months since the year 0. */
function monthOf(clockMs: number): number {
  const date = new Date(clockMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function startOfMonth(month: number): number {
  const year = Math.floor(month / 12);
  return new Date(0).setUTCFullYear(year, month - year * 12, 1);
}
