import { summary } from './timing.ts';

/** One line of the table: what was measured, what it is compared with, and what it should be. */
export type ReportRow = readonly [subject: string, measured: string, reference: string, ratio: string, goal: string];

const format = (value: number, digits: number) => value.toFixed(digits);

/** The median with its least and most, in milliseconds. */
export function milliseconds(values: readonly number[]): string {
  const { median, least, most } = summary(values);
  const digits = median < 10 ? 1 : 0;
  return `${format(median, digits)} ms (${format(least, digits)} to ${format(most, digits)})`;
}

/** The median ratio with its least and most. */
export function times(values: readonly number[]): string {
  const { median, least, most } = summary(values);
  return `${format(median, 2)} × (${format(least, 2)} to ${format(most, 2)})`;
}

/** Bytes as whole megabytes. */
export function megabytes(byteLength: number): string {
  return `${format(byteLength / 1e6, 0)} MB`;
}
