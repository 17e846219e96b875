import { FIXED_NULL } from '#common/plot/plotData';

/** Smallest and largest code and the number of codes that are not null; with `count` 0 the other two say nothing. */
export interface CodeExtent {
  readonly minimum: number;
  readonly maximum: number;
  readonly count: number;
}

/** Extent of no rows at all. */
export const EMPTY_EXTENT: CodeExtent = { minimum: FIXED_NULL, maximum: 0, count: 0 };

/** Extent of a code column, skipping FIXED_NULL. Twin of shaders/extent.wgsl. */
export function findExtent(codes: Uint32Array): CodeExtent {
  let minimum: number = FIXED_NULL;
  let maximum = 0;
  let count = 0;
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] ?? FIXED_NULL;
    if (code === FIXED_NULL) continue;
    if (code < minimum) minimum = code;
    if (code > maximum) maximum = code;
    count += 1;
  }
  return { minimum, maximum, count };
}
