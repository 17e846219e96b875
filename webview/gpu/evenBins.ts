/**
 * Bins of equal width as one multiplication: a code from the second edge on is in bin
 * 1 + floor((distance * multiplier + addend) / 2 ** (32 + shift)), and in the last one at most.
 */
export interface EvenBins {
  readonly multiplier: number;
  readonly addend: number;
  readonly shift: number;
}

const WORD = 32n;
const LARGEST_WORD = 2n ** WORD - 1n;
const MOST_SHIFT = 31n;
/** The slope that the outermost edges give is off by their rounding; multipliers beside it are tried too. */
const TRIED_STEPS = [0n, 1n, -1n, 2n, -2n, 4n, -4n, 8n, -8n, 16n, -16n] as const;

/**
 * Finds the multiplication that gives every inner edge exactly, so that no code is ever in a wrong bin; null when there
 * is none, because the edges are uneven. The first and the last bin may be cut short. O(bins).
 */
export function evenBins(edges: Uint32Array): EvenBins | null {
  const second = BigInt(edges[1] ?? 0);
  const inner = Array.from(edges.subarray(2, -1), (edge) => BigInt(edge) - second);
  const last = inner.at(-1);
  if (last === undefined) return { multiplier: 0, addend: 0, shift: 0 };
  if (last <= 0n) return null;
  const count = BigInt(inner.length);
  const shift = largestShift(count, last);
  const multiplier = (count << (WORD + shift)) / last;
  for (const step of TRIED_STEPS) {
    const addend = addendFor(inner, multiplier + step, shift);
    if (addend !== null) return { multiplier: Number(multiplier + step), addend: Number(addend), shift: Number(shift) };
  }
  return null;
}

/** The more the shift, the finer the slope; the multiplier has to stay one word. */
function largestShift(count: bigint, last: bigint): bigint {
  for (let shift = MOST_SHIFT; shift > 0n; shift -= 1n) {
    if ((count << (WORD + shift)) / last + 16n <= LARGEST_WORD) return shift;
  }
  return 0n;
}

/** An addend with which every edge is the first code of its bin, or null. */
function addendFor(inner: readonly bigint[], multiplier: bigint, shift: bigint): bigint | null {
  let [least, most] = [0n, LARGEST_WORD];
  inner.forEach((edge, index) => {
    const wanted = BigInt(index + 1) << (WORD + shift);
    least = larger(least, wanted - edge * multiplier);
    most = smaller(most, wanted - 1n - (edge - 1n) * multiplier);
  });
  return least <= most && multiplier > 0n && multiplier <= LARGEST_WORD ? (least + most) / 2n : null;
}

const larger = (a: bigint, b: bigint) => (a > b ? a : b);
const smaller = (a: bigint, b: bigint) => (a < b ? a : b);
