import { baseType, fieldKind, isIntegerType } from '#common/plot/fieldKind';
import { quoteLiteral } from './quote.ts';

const DAY_MS = 86_400_000;
const US_PER_MS = 1000;
const US_PER_SECOND = 1_000_000;
/** Times further than this from 1970 have no calendar date in JavaScript. */
const MAX_DATE_MS = 8.64e15;

/**
 * A value of an axis as a literal that can be compared with its column: a number, or a time as DuckDB writes it.
 * @param value In data units: epoch milliseconds for times; milliseconds since midnight for TIME.
 */
export function dataLiteral(value: number, type: string): string {
  const kind = fieldKind(type);
  if (kind !== 'temporal') return numberLiteral(value, type);
  const base = baseType(type);
  if (base.startsWith('TIME') && !base.startsWith('TIMESTAMP'))
    return `TIME ${quoteLiteral(clockText(Math.min(DAY_MS, Math.max(0, value))))}`;
  if (Math.abs(value) > MAX_DATE_MS) return `make_timestamp(${BigInt(Math.round(value)) * 1000n})`;
  const { date, clock } = stampParts(value);
  if (base === 'DATE') return `DATE ${quoteLiteral(date)}`;
  if (base === 'TIMESTAMP WITH TIME ZONE') return `TIMESTAMPTZ ${quoteLiteral(`${date} ${clock}+00`)}`;
  return `${base} ${quoteLiteral(`${date} ${clock}`)}`;
}

function numberLiteral(value: number, type: string): string {
  return isIntegerType(type) && Number.isFinite(value) ? String(BigInt(Math.round(value))) : String(value);
}

function stampParts(ms: number): { date: string; clock: string } {
  const us = Math.round(ms * US_PER_MS);
  const wholeMs = Math.floor(us / US_PER_MS);
  const [datePart = '', timePart = ''] = new Date(wholeMs).toISOString().split('T');
  const fraction = ((us % US_PER_SECOND) + US_PER_SECOND) % US_PER_SECOND;
  return { date: duckdbDate(datePart, wholeMs), clock: `${timePart.slice(0, 8)}${fractionText(fraction)}` };
}

/** DuckDB writes years before 1 with `(BC)`, and no sign before large ones. */
function duckdbDate(isoDate: string, ms: number): string {
  const year = new Date(ms).getUTCFullYear();
  const monthAndDay = isoDate.slice(-6);
  if (year > 0) return `${String(year).padStart(4, '0')}${monthAndDay}`;
  return `${String(1 - year).padStart(4, '0')}${monthAndDay} (BC)`;
}

function clockText(ms: number): string {
  const us = Math.round(ms * US_PER_MS);
  const seconds = Math.floor(us / US_PER_SECOND);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return `${clock}${fractionText(us % US_PER_SECOND)}`;
}

function fractionText(us: number): string {
  return us === 0 ? '' : `.${String(us).padStart(6, '0').replace(/0+$/, '')}`;
}
