import type { TimeUnit } from '#common/plot/plotSpec';

const UNIT_FORMATS: Readonly<Record<Exclude<TimeUnit, 'yearquarter'>, string>> = {
  year: '%Y',
  yearmonth: '%Y-%m',
  yearweek: '%G-W%V',
  yearmonthdate: '%Y-%m-%d',
  yearmonthdatehours: '%Y-%m-%d %H:00',
  yearmonthdatehoursminutes: '%Y-%m-%d %H:%M',
};

/** The span of time that a moment lies in, as a text: `2024-Q1`. @param column Reads a temporal column. */
export function timeUnitSql(column: string, timeUnit: TimeUnit = 'year'): string {
  const stamp = `CAST(${column} AS TIMESTAMP)`;
  if (timeUnit === 'yearquarter') return `(year(${stamp}) || '-Q' || quarter(${stamp}))`;
  return `strftime(${stamp}, '${UNIT_FORMATS[timeUnit]}')`;
}
