import type { CodeSlice } from '../codeColumn.ts';

/** Two columns that are visited together; slices of the same rows, pair by pair. */
export interface CodePairs {
  readonly x: readonly CodeSlice[];
  readonly y: readonly CodeSlice[];
}

/** The slices of each chunk. @throws Error where the columns have different rows: that is a bug in the caller. */
export function pairedChunks(pairs: CodePairs): readonly (readonly CodeSlice[])[] {
  return pairs.x.map((x, index) => {
    const y = pairs.y[index];
    if (!y || y.firstRow !== x.firstRow || y.endRow !== x.endRow)
      throw new Error('The two columns have different rows.');
    return [x, y];
  });
}
