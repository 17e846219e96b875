/** Codes [low, high) of one axis; all of them are [0, 2 ** 32). */
export interface CodeRange {
  readonly low: number;
  readonly high: number;
}

/** Every code there is. */
export const ALL_CODES: CodeRange = { low: 0, high: 2 ** 32 };
