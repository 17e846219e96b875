import { FIXED_NULL, type CellAggregate } from '#common/plot/plotData';
import { WORDS_PER_CELL, type CodeScale } from '../valueFigures.ts';

const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);
const SIGN_BIT = 0x80000000;
const HALF_WORD = 2 ** 16;

/**
 * One word per cell: the code of the mean, minimum or maximum, or the sum in data units as a float in the form of
 * `keyOfFloat`; FIXED_NULL where the cell has no rows. Means are rounded down to a whole code, exactly. Twin of
 * shaders/cellValues.wgsl.
 * @param figures `WORDS_PER_CELL` words per cell, see valueFigures.ts.
 */
export function cellValues(
  figures: Uint32Array,
  aggregate: CellAggregate,
  { origin, step }: CodeScale,
): Uint32Array<ArrayBuffer> {
  const values = new Uint32Array(figures.length / WORDS_PER_CELL).fill(FIXED_NULL);
  for (let cell = 0; cell < values.length; cell += 1) {
    const [count = 0, low = 0, high = 0, aboveMaximum = 0, belowMinimum = 0] = figures.subarray(
      cell * WORDS_PER_CELL,
      (cell + 1) * WORDS_PER_CELL,
    );
    if (count === 0) continue;
    switch (aggregate) {
      case 'mean':
        values[cell] = quotient(high, low, count);
        break;
      case 'min':
        values[cell] = FIXED_NULL - belowMinimum;
        break;
      case 'max':
        values[cell] = aboveMaximum - 1;
        break;
      case 'sum':
        values[cell] = keyOfFloat(count * origin + (high * 2 ** 32 + low) * step);
        break;
    }
  }
  return values;
}

/** A number as the word of a float that is ordered like it, negative ones too. */
export function keyOfFloat(value: number): number {
  FLOAT[0] = value;
  const [bits = 0] = BITS;
  return (bits >= SIGN_BIT ? ~bits : bits | SIGN_BIT) >>> 0;
}

/** The float of a word of `keyOfFloat`. */
export function floatOfKey(key: number): number {
  BITS[0] = key >= SIGN_BIT ? key & (SIGN_BIT - 1) : ~key;
  return FLOAT[0] ?? 0;
}

/** (high * 2 ** 32 + low) / divisor rounded down, where high < divisor: half a word at a time, so that doubles stay whole. */
function quotient(high: number, low: number, divisor: number): number {
  const upper = high * HALF_WORD + (low >>> 16);
  const first = Math.floor(upper / divisor);
  const lower = (upper - first * divisor) * HALF_WORD + (low & (HALF_WORD - 1));
  return first * HALF_WORD + Math.floor(lower / divisor);
}
