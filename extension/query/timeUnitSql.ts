import type { Channel, TimeUnit } from '#common/plot/plotSpec';
import { localClock } from './plannedAxis.ts';
import { quoteLiteral } from './quote.ts';

const UNIT_FORMATS: Readonly<Record<Exclude<TimeUnit, 'yearquarter'>, string>> = {
  year: '%Y',
  yearmonth: '%Y-%m',
  yearweek: '%G-W%V',
  yearmonthdate: '%Y-%m-%d',
  yearmonthdatehours: '%Y-%m-%d %H:00',
  yearmonthdatehoursminutes: '%Y-%m-%d %H:%M',
};

/** A temporal column: SQL that reads it, and DuckDB's type of it. */
export interface TimeColumn {
  readonly sql: string;
  readonly type: string;
}

/**
 * The span of time that a moment lies in, as a text: `2024-Q1`; on the clock that the channel shows, as bins are. An hour
 * that comes twice where a clock is set back is one span.
 * @param timeZone IANA name of the zone whose clock the page shows.
 */
export function timeUnitSql(column: TimeColumn, channel: Channel, timeZone: string): string {
  const { timeUnit = 'year' } = channel;
  const stamp = clockSql(column, localClock(channel, timeZone).timeZone);
  if (timeUnit === 'yearquarter') return `(year(${stamp}) || '-Q' || quarter(${stamp}))`;
  return `strftime(${stamp}, '${UNIT_FORMATS[timeUnit]}')`;
}

/** What a clock shows at a moment; a date is a date on every clock. */
function clockSql({ sql, type }: TimeColumn, timeZone: string | undefined): string {
  if (timeZone === undefined || !type.startsWith('TIMESTAMP')) return `CAST(${sql} AS TIMESTAMP)`;
  const moment = type === 'TIMESTAMP WITH TIME ZONE' ? sql : `timezone('UTC', CAST(${sql} AS TIMESTAMP))`;
  return `timezone(${quoteLiteral(timeZone)}, ${moment})`;
}
