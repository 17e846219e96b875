import { niceBins, type BinEdges } from './niceBins.ts';

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
 * Bin edges on the clock and the calendar (UTC): the finest customary step that makes at most `maxBins` bins.
 * The last bin ends after the maximum. @param domain Epoch milliseconds.
 */
export function timeBins(domain: readonly [number, number], maxBins: number): BinEdges {
  const [minimum, maximum] = domain;
  const span = maximum - minimum;
  if (span === 0 && Math.abs(minimum) < MAX_DATE_MS / 2) return clockEdges(domain, DAY_MS);
  const isDate = Math.max(Math.abs(minimum), Math.abs(maximum)) < MAX_DATE_MS / 2;
  if (!isDate || span < maxBins) return niceBins(domain, maxBins, false);
  const clockStep = CLOCK_STEPS_MS.find((step) => span / step <= maxBins);
  if (clockStep !== undefined) return clockEdges(domain, clockStep);
  const months = MONTH_STEPS.find((count) => span / (count * MONTH_MS) <= maxBins);
  return months === undefined ? niceBins(domain, maxBins, false) : calendarEdges(domain, months);
}

function clockEdges([minimum, maximum]: readonly [number, number], step: number): BinEdges {
  const origin = step === WEEK_MS ? FIRST_MONDAY_MS : 0;
  const first = Math.floor((minimum - origin) / step);
  const last = Math.floor((maximum - origin) / step) + 1;
  return Array.from({ length: last - first + 1 }, (_, index) => origin + (first + index) * step);
}

function calendarEdges([minimum, maximum]: readonly [number, number], months: number): BinEdges {
  const first = Math.floor(monthOf(minimum) / months);
  const last = Math.floor(monthOf(maximum) / months) + 1;
  return Array.from({ length: last - first + 1 }, (_, index) => startOfMonth((first + index) * months));
}

/** Months since the year 0. */
function monthOf(timeMs: number): number {
  const date = new Date(timeMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function startOfMonth(month: number): number {
  const year = Math.floor(month / 12);
  return new Date(0).setUTCFullYear(year, month - year * 12, 1);
}
