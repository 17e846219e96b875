import { valueOf } from '#common/plot/fixedPoint';
import type { ContinuousAxis } from '#common/plot/plotData';
import type { NearValue } from '#common/protocol/plotContract';

/** Rounding of the coding itself, beyond the width of the code. */
const ROOM = 1.5;

/** Where a row lies by its code: in the middle of the values that have it, and as far around as these go. */
export function nearValue(code: number, axis: ContinuousAxis): NearValue {
  const value = valueOf(code + HALF, axis);
  const width = axis.scale === 'log' ? Math.abs(value) * axis.step : axis.step;
  return { value, tolerance: width * ROOM };
}

const HALF = 0.5;
