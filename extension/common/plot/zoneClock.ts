const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;

/** The clock of a time zone; both kinds of time are in milliseconds, clock time as if it were epoch milliseconds. */
export interface ZoneClock {
  clockFromUtc(utcMs: number): number;
  /** The first moment at which the clock shows a time; where it skips that, the moment of the skip. */
  utcFromClock(clockMs: number): number;
}

const UTC: ZoneClock = { clockFromUtc: (utcMs) => utcMs, utcFromClock: (clockMs) => clockMs };

/** The clock of a zone by its IANA name; UTC when left out. @throws RangeError for an unknown zone. */
export function zoneClock(timeZone?: string): ZoneClock {
  if (timeZone === undefined) return UTC;
  const offsetAt = offsetsOf(timeZone);
  return {
    clockFromUtc: (utcMs) => utcMs + offsetAt(utcMs),
    utcFromClock: (clockMs) => {
      // Zones change their offset at most once in a day or two: it is the one before or the one after.
      const [before, after] = [offsetAt(clockMs - DAY_MS), offsetAt(clockMs + DAY_MS)];
      const isBefore = offsetAt(clockMs - before) === before;
      if (before === after || isBefore) return clockMs - before;
      return offsetAt(clockMs - after) === after ? clockMs - after : changeBetween(offsetAt, clockMs, before, after);
    },
  };
}

/** The moment at which the clock skips a time that it never shows, to a second. */
function changeBetween(offsetAt: (utcMs: number) => number, clockMs: number, before: number, after: number): number {
  let [low, high] = [clockMs - after - SECOND_MS, clockMs - before];
  while (high - low > SECOND_MS) {
    const middle = low + Math.floor((high - low) / 2 / SECOND_MS) * SECOND_MS;
    if (offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return Math.floor(high / SECOND_MS) * SECOND_MS;
}

function offsetsOf(timeZone: string): (utcMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (utcMs) => {
    const second = Math.floor(utcMs / SECOND_MS) * SECOND_MS;
    const parts = new Map(format.formatToParts(second).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
    const year = /^B/.test(parts.get('era') ?? '') ? 1 - part('year') : part('year');
    const day = new Date(0).setUTCFullYear(year, part('month') - 1, part('day'));
    return new Date(day).setUTCHours(part('hour'), part('minute'), part('second')) - second;
  };
}
