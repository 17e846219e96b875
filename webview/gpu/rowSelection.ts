import { FIXED_MAX } from '#common/plot/plotData';
import type { CodeRange } from '#common/plot/codeRange';

/**
 * Which rows are wanted: those for which everything that is given holds. A row that is null on an axis is never wanted.
 */
export interface RowSelection {
  readonly x?: CodeRange;
  readonly y?: CodeRange;
  /** Corners x, y, x, y, … in codes; the last one is joined to the first, and the even-odd rule says what is inside. */
  readonly polygon?: Uint32Array<ArrayBuffer>;
  /** One bit per row of the whole column, the lowest first. */
  readonly mask?: Uint32Array<ArrayBuffer>;
}

/** Rows that a selection holds. */
export interface SelectedRows {
  /** How many, whether or not they are all in `rows`. */
  readonly count: number;
  /** Their numbers, ascending; the first ones where there are more than were asked for. */
  readonly rows: Uint32Array<ArrayBuffer>;
}

/** Codes `low` to `low + span`; null where there are none. */
export interface CodeSpan {
  readonly low: number;
  readonly span: number;
}

/** The codes of values in a range, null's own code left out. */
export function codeSpan(range: CodeRange | undefined): CodeSpan | null {
  const low = Math.max(0, range?.low ?? 0);
  const last = Math.min(FIXED_MAX, (range?.high ?? Infinity) - 1);
  return last < low ? null : { low, span: last - low };
}

/** The box that a selection lies in, its polygon's too; null where it is empty. */
export function selectedBox({ x, y, polygon }: RowSelection): { readonly x: CodeSpan; readonly y: CodeSpan } | null {
  const across = codeSpan(polygon ? narrowed(x, polygon, 0) : x);
  const up = codeSpan(polygon ? narrowed(y, polygon, 1) : y);
  return across && up && { x: across, y: up };
}

function narrowed(range: CodeRange | undefined, polygon: Uint32Array, axis: 0 | 1): CodeRange {
  let low = Infinity;
  let high = -Infinity;
  for (let index = axis; index < polygon.length; index += 2) {
    const code = polygon[index] ?? 0;
    low = Math.min(low, code);
    high = Math.max(high, code + 1);
  }
  return { low: Math.max(low, range?.low ?? low), high: Math.min(high, range?.high ?? high) };
}
