import { precisionFixed } from 'd3-format';
import type { AxisScale } from './axisScale.ts';
import { plotLocale } from './locale.ts';
import { textWidthPx } from './textWidth.ts';
import { formatTimeTick } from './timeTick.ts';

const SI_FROM = 10_000;
const SI_BELOW = 1e27;
const TINY_BELOW = 1e-4;
/** Numbers from here on are written with a power of ten. */
const WHOLE_BELOW = 1e21;
/** More digits than these beside an SI prefix are harder to read than the whole number. */
const MOST_SI_DIGITS = 5;
const MOST_DECIMALS = 12;
/** Room of a label where nothing else is said. */
const ROOM_PX = 62;

const { number: numbers, giga } = plotLocale;
const siFormat = numbers.format('.12~s');
const plainFormat = numbers.format('.12~g');
const groupedFormat = (decimals: number) => numbers.format(`,.${decimals}~f`);
const scientificFormat = numbers.format('.9~e');

/** Labels of an axis's ticks, all in one style. */
export interface TickLabels {
  readonly labels: readonly string[];
  /** What every label is to be added to, where the values differ only in digits that there is no room for; else empty. */
  readonly base: string;
}

/** Labels of an axis's ticks that are at most `roomPx` wide, as far as that can be. */
export function formatTicks(scale: AxisScale, ticks: readonly number[], roomPx = ROOM_PX): TickLabels {
  if (scale.kind === 'time') return { labels: ticks.map((ms) => formatTimeTick(ms, scale)), base: '' };
  if (scale.kind === 'log' || scale.kind === 'symlog') return { labels: eachAlone(ticks), base: '' };
  const labels = alike(ticks);
  if (labels.every((label) => textWidthPx(label) <= roomPx)) return { labels, base: '' };
  return fromBase(ticks) ?? { labels, base: '' };
}

/** Ticks that differ by powers: each by its own size. */
function eachAlone(ticks: readonly number[]): readonly string[] {
  const step = smallestDifference([0, ...ticks]);
  return ticks.map((tick) => numberText(tick, Math.abs(tick), step));
}

function alike(ticks: readonly number[]): readonly string[] {
  const largest = Math.max(...ticks.map(Math.abs), 0);
  const step = smallestDifference([0, ...ticks]);
  const between = smallestDifference(ticks);
  if (largest < SI_FROM || largest >= SI_BELOW || hasFewDigits(largest, between)) {
    return ticks.map((tick) => numberText(tick, largest, step));
  }
  return ticks.map((tick) => groupedFormat(decimalsOf(between))(tick));
}

/** Whether few digits and an SI prefix tell the ticks apart. */
function hasFewDigits(largest: number, step: number): boolean {
  return Math.floor(Math.log10(largest)) - Math.floor(Math.log10(step) + 1e-9) < MOST_SI_DIGITS;
}

/** The least that lies between two ticks, or between one and zero; infinite for a single value. */
function smallestDifference(values: readonly number[]): number {
  const ascending = [...new Set(values)].sort((one, other) => one - other);
  return ascending.reduce(
    (least, value, index) => Math.min(least, value - (ascending[index - 1] ?? -Infinity)),
    Infinity,
  );
}

/** `1.2k`, `−60`, `0.25`: SI prefixes from ten thousand on. */
function numberText(tick: number, largest: number, step: number): string {
  if (tick === 0) return '0';
  if (largest >= SI_FROM) return largest < SI_BELOW ? withSiPrefix(tick) : scientificFormat(tick);
  if (largest < TINY_BELOW) return scientificFormat(tick);
  return plainFormat(Number(tick.toFixed(decimalsOf(step))));
}

function decimalsOf(step: number): number {
  return Number.isFinite(step) ? Math.min(MOST_DECIMALS, precisionFixed(step) + 2) : MOST_DECIMALS;
}

function withSiPrefix(tick: number): string {
  return Math.abs(tick) < 1 ? plainFormat(tick) : siFormat(tick).replace('G', giga);
}

/** Ticks as what they are more than a round number below all of them: `+0.2` from `1,000,000,000,000`. */
function fromBase(ticks: readonly number[]): TickLabels | null {
  const [first = 0] = ticks;
  const last = ticks.at(-1) ?? first;
  const unit = 10 ** Math.ceil(Math.log10(last - first));
  const base = Math.floor(first / unit) * unit;
  if (!Number.isFinite(base) || base === 0) return null;
  const step = smallestDifference(ticks);
  // What is left of a double beside a large base ends before its last digits.
  const known = Math.max(0, Math.floor(-Math.log10(Math.abs(base) * Number.EPSILON)));
  const rests = ticks.map((tick) => Number((tick - base).toFixed(Math.min(decimalsOf(step), known))));
  const labels = rests.map((rest) => `+${numberText(rest, Math.max(...rests), step)}`);
  return new Set(labels).size === ticks.length ? { labels, base: baseText(base, unit) } : null;
}

function baseText(base: number, unit: number): string {
  return Math.abs(base) < WHOLE_BELOW ? groupedFormat(decimalsOf(unit))(base) : scientificFormat(base);
}
