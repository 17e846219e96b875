import { formatLocale, type FormatLocaleObject } from 'd3-format';
import { timeFormatLocale, type TimeLocaleObject } from 'd3-time-format';

/** How numbers and times are written for readers of one language. */
export interface PlotLocale {
  readonly number: FormatLocaleObject;
  readonly time: TimeLocaleObject;
  /** What stands for 10⁹: SI's giga, or the billion of those who read English. */
  readonly giga: string;
}

const ENGLISH = 'en-US';
/** Has a group in every language, and more than one where groups differ in size. */
const SAMPLE = 12_345_678_901.5;
const MONTHS = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2001, month, 15)));
/** A Sunday and the six days after it. */
const DAYS = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2001, 3, 1 + day)));

/** The conventions of a language, by Unicode's own data; those of English for one that is not known. */
export function localeOf(language: string): PlotLocale {
  const known = isKnown(language) ? language : ENGLISH;
  const parts = new Intl.NumberFormat(known, { useGrouping: true, numberingSystem: 'latn' }).formatToParts(SAMPLE);
  const partOf = (type: string) => parts.find((part) => part.type === type)?.value;
  const groups = parts.filter(({ type }) => type === 'integer').map(({ value }) => value.length);
  return {
    number: formatLocale({
      decimal: partOf('decimal') ?? '.',
      thousands: partOf('group') ?? '',
      grouping: groups.slice(1).toReversed(),
      currency: ['', ''],
      minus: '−',
    }),
    time: timeFormatLocale({
      dateTime: '%x, %X',
      date: '%Y-%m-%d',
      time: '%H:%M:%S',
      periods: ['AM', 'PM'],
      months: named(known, MONTHS, { month: 'long' }) as TwelveNames,
      shortMonths: named(known, MONTHS, { month: 'short' }) as TwelveNames,
      days: named(known, DAYS, { weekday: 'long' }) as SevenNames,
      shortDays: named(known, DAYS, { weekday: 'short' }) as SevenNames,
    }),
    giga: known.startsWith('en') ? 'B' : 'G',
  };
}

type TwelveNames = Parameters<typeof timeFormatLocale>[0]['months'];
type SevenNames = Parameters<typeof timeFormatLocale>[0]['days'];

function isKnown(language: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(language).length > 0;
  } catch {
    return false;
  }
}

function named(language: string, dates: readonly Date[], options: Intl.DateTimeFormatOptions): readonly string[] {
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC', calendar: 'gregory' });
  return dates.map((date) => format.format(date));
}

/** The language that the page's host named for numbers and times: VS Code's own display language. */
function pageLanguage(): string {
  return typeof document === 'undefined' ? ENGLISH : (document.documentElement.dataset['numbers'] ?? ENGLISH);
}

/** The conventions of this page. */
export const plotLocale = localeOf(pageLanguage());
