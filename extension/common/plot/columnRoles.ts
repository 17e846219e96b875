import type { ColumnInfo } from '../protocol/engineContract.ts';

/** What a number column probably is, by its name: `part` is a piece of a date or a moment as a number, `label` a number that names a thing. */
export type NumberRole = 'measure' | 'part' | 'label';

const LABEL_WORDS = new Set(
  `id ids uid uuid guid key pk fk index idx row rownum rowid number no nr num rank order seq sequence code zip zipcode
  postal postcode fips phone isbn ean sku serial version cluster class group label flag sex gender unnamed`.split(
    /\s+/,
  ),
);
const PART_WORDS = new Set(`month day weekday dow hour minute second quarter week decade`.split(/\s+/));
const YEAR_WORDS = new Set(['year', 'yyyy', 'yr']);
/** Names of moments that are kept as numbers, such as seconds since 1970 or the days of a spreadsheet. */
const MOMENT_WORDS = new Set(['time', 'timestamp', 'ts', 'epoch', 'unixtime', 'date', 'datetime']);
const UNIT_WORDS = new Set(['s', 'sec', 'ms', 'us', 'ns', 'unix']);

/** Units by the words that columns end with, but for those that mean something else as often: m, min, t, l. */
const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...sameWords('km cm mm ft kg mg g ms ns s days hours minutes seconds bytes ppm ppb mph rpm bpm px ml psi'),
    ...{ mi: 'mi', miles: 'mi', feet: 'ft', inch: 'in', inches: 'in', lb: 'lb', lbs: 'lb', oz: 'oz' },
    ...{ us: 'µs', sec: 's', secs: 's', mins: 'min', hr: 'h', hrs: 'h' },
    ...{ usd: 'USD', eur: 'EUR', gbp: 'GBP', jpy: 'JPY', cny: 'CNY', chf: 'CHF', inr: 'INR', aud: 'AUD', cad: 'CAD' },
    ...{ pct: '%', percent: '%', deg: '°', celsius: '°C', degc: '°C', fahrenheit: '°F', degf: '°F', kelvin: 'K' },
    ...{ kb: 'kB', mb: 'MB', gb: 'GB', tb: 'TB', hz: 'Hz', khz: 'kHz', mhz: 'MHz', ghz: 'GHz', db: 'dB', dbm: 'dBm' },
    ...{ kw: 'kW', kwh: 'kWh', mwh: 'MWh', kj: 'kJ', kcal: 'kcal', hpa: 'hPa', kpa: 'kPa', kmh: 'km/h', kph: 'km/h' },
  }),
);

function sameWords(words: string): Readonly<Record<string, string>> {
  return Object.fromEntries(words.split(' ').map((word) => [word, word]));
}

/** The role of a number column. */
export function numberRole(name: string): NumberRole {
  const words = nameWords(name);
  const last = words.at(-1) ?? '';
  if (words.length === 0 || LABEL_WORDS.has(last) || LABEL_WORDS.has(words[0] ?? '')) return 'label';
  if (YEAR_WORDS.has(last) || isMoment(words)) return 'part';
  return words.length === 1 && PART_WORDS.has(last) ? 'part' : 'measure';
}

function isMoment(words: readonly string[]): boolean {
  const [word, ...others] = words.filter((each) => !UNIT_WORDS.has(each));
  return others.length === 0 && MOMENT_WORDS.has(word ?? '');
}

/** Two columns that belong on x and y. */
export interface ColumnPair {
  readonly x: ColumnInfo;
  readonly y: ColumnInfo;
}

/** The columns of longitude and latitude, when a table has both. */
export function geographicPair(columns: readonly ColumnInfo[]): ColumnPair | null {
  return pairOf(columns, ['lon', 'lng', 'long', 'longitude'], ['lat', 'latitude']);
}

/** The columns named x and y, when a table has both. */
export function planarPair(columns: readonly ColumnInfo[]): ColumnPair | null {
  return pairOf(columns, ['x'], ['y']);
}

function pairOf(
  columns: readonly ColumnInfo[],
  xNames: readonly string[],
  yNames: readonly string[],
): ColumnPair | null {
  const find = (names: readonly string[]) => columns.find(({ name }) => names.includes(nameWords(name).at(-1) ?? ''));
  const [x, y] = [find(xNames), find(yNames)];
  return x && y ? { x, y } : null;
}

/**
 * A field's name as a title: `dep_delay` gives `Dep delay`, and a unit at its end stands in parentheses: `distance_km` gives
 * `Distance (km)`. Names written with care stay as they are.
 */
export function titleOfField(name: string): string {
  const spaced = name.replace(/_+/g, ' ').trim();
  const isWritten = /\s/.test(name.trim());
  const words = /\s/.test(spaced)
    ? spaced
    : spaced.replace(/(\p{Ll})(\p{Lu})(?=\p{Ll})/gu, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  const title = isWritten ? words : withUnit(words);
  return title === '' ? name : title.charAt(0).toUpperCase() + title.slice(1);
}

/** Words with a unit at their end in parentheses. */
function withUnit(words: string): string {
  const [, before, last] = /^(.*\S)\s+(\S+)$/.exec(words) ?? [];
  const unit = UNITS.get((last ?? '').toLowerCase());
  return before === undefined || unit === undefined ? words : `${before.replace(/\s+in$/i, '')} (${unit})`;
}

function nameWords(name: string): readonly string[] {
  const split = name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/(\p{L})(\d+)$/u, '$1 $2');
  return split
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/^\d+$/.test(word));
}
