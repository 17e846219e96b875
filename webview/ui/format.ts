import { withUnit } from '#common/base/formatBytes';

const COUNT_UNITS = ['', ' k', ' M', ' G'];
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const TEN_SECONDS_MS = 10_000;
const SECONDS_PER_MINUTE = 60;

const whole = new Intl.NumberFormat('en-US');

/** `2,914,207`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** `1 row`, `2,914,207 rows`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2.9 M`; at most three digits and a unit. */
export function shortCount(count: number): string {
  return withUnit(count, COUNT_UNITS);
}

/** `0.4 ms`, `41 ms`, `1.2 s`, `3 min 5 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1) return `${durationMs.toFixed(1)} ms`;
  if (durationMs < SECOND_MS) return `${durationMs.toFixed(0)} ms`;
  if (durationMs < TEN_SECONDS_MS) return `${(durationMs / SECOND_MS).toFixed(1)} s`;
  if (durationMs < MINUTE_MS) return `${(durationMs / SECOND_MS).toFixed(0)} s`;
  const seconds = Math.round(durationMs / SECOND_MS);
  return `${Math.floor(seconds / SECONDS_PER_MINUTE)} min ${seconds % SECONDS_PER_MINUTE} s`;
}

/** `42 %` of a share between 0 and 1. */
export function formatPercent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

const FIGURE_DIGITS = 6;
const MOST_PLAIN = 1e15;
const LEAST_PLAIN = 1e-6;

/** A number in a few digits; very large and very small ones with an exponent. */
export function formatFigure(value: number): string {
  const size = Math.abs(value);
  const isPlain = size === 0 || (size >= LEAST_PLAIN && size < MOST_PLAIN);
  if (!isPlain) return String(Number(value.toPrecision(FIGURE_DIGITS)));
  return value.toLocaleString('en-US', { maximumSignificantDigits: FIGURE_DIGITS });
}
