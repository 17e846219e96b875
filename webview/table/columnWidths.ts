import type { ColumnInfo } from '#common/protocol/engineContract';
import { shortType } from '../ui/columnType.ts';

const CHARACTER_PX = 7.3;
const HEAD_CHARACTER_PX = 8.4;
const CAPITAL_EXTRA_PX = 1.2;
const PADDING_PX = 24;
/** No column is narrower, so that its head can be used. */
export const MIN_WIDTH_PX = 64;
const MAX_FIRST_WIDTH_PX = 280;
const MIN_DIGITS = 2;
const NUMBERS_PADDING_PX = 13;

/** Widths of all columns and where each one starts. */
export interface ColumnLayout {
  readonly widths: Float64Array;
  /** `widths.length + 1` offsets; the last one is the whole width. */
  readonly starts: Float64Array;
}

/** A width that shows the name, the type and the longest of some texts, within reason. */
export function fittingWidth(column: ColumnInfo, texts: Iterable<string | null>, mostPx = MAX_FIRST_WIDTH_PX): number {
  let longest = shortType(column.type).length;
  for (const text of texts) longest = Math.max(longest, text?.length ?? 0);
  const textPx = Math.max(headPx(column.name), longest * CHARACTER_PX);
  return Math.min(mostPx, Math.max(MIN_WIDTH_PX, Math.ceil(textPx) + PADDING_PX));
}

/** The width of a column of row numbers up to `greatest`. */
export function numbersWidth(greatest: number): number {
  return Math.ceil(Math.max(MIN_DIGITS, String(greatest).length) * CHARACTER_PX) + NUMBERS_PADDING_PX;
}

/** About the width of a name in the bold letters of a column head. */
function headPx(name: string): number {
  const capitals = name.match(/[\p{Lu}\p{Lo}]/gu)?.length ?? 0;
  return name.length * HEAD_CHARACTER_PX + capitals * CAPITAL_EXTRA_PX;
}

/** The layout of these widths. */
export function columnLayout(widths: Float64Array): ColumnLayout {
  const starts = new Float64Array(widths.length + 1);
  widths.forEach((width, index) => {
    starts[index + 1] = (starts[index] ?? 0) + width;
  });
  return { widths, starts };
}

/** Index of the column that covers `x`, found by bisection. */
export function columnAt({ starts }: ColumnLayout, x: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= x) low = middle;
    else high = middle;
  }
  return low;
}
