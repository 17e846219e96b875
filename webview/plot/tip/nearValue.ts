import { valueOf } from '#common/plot/fixedPoint';
import type { ContinuousAxis } from '#common/plot/plotData';
import type { NearValue } from '#common/protocol/plotContract';

const HALF = 0.5;
/** In codes: rounding of the coding itself, beyond the width of the code. */
const ROOM = 1.5;

/** Where a row lies by its code: in the middle of the values that have it, and as far around as these go. */
export function nearValue(code: number, axis: ContinuousAxis): NearValue {
  const at = (place: number) => Math.min(Number.MAX_VALUE, valueOf(place, axis));
  const middle = code + HALF;
  const value = at(middle);
  return { value, tolerance: Math.max(value - at(middle - ROOM), at(middle + ROOM) - value) };
}
