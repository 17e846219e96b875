import { FIXED_NULL } from '#common/plot/plotData';

/** Words of a count with a sum: count, and low and high word of the sum of codes. */
export const WORDS_PER_SUM = 3;
/** Words of all figures: those of a sum, one more than the maximum, and FIXED_NULL less the minimum. */
export const WORDS_PER_CELL = 5;

const WORD = 2 ** 32;

/** What the codes of a column stand for: `data = origin + code * step`. */
export interface CodeScale {
  readonly origin: number;
  readonly step: number;
}

/** Sum and mean of a column over some rows, in data units; a code lies less than a step below its value, so the sum does by that much per row. */
export interface ValueSum {
  readonly count: number;
  readonly sum: number;
  /** Null over no rows. */
  readonly mean: number | null;
}

/** Adds one code to the count and sum at `word`. */
export function addToSum(words: Uint32Array, word: number, code: number): void {
  words[word] = (words[word] ?? 0) + 1;
  const low = (words[word + 1] ?? 0) + code;
  words[word + 1] = low;
  if (low >= WORD) words[word + 2] = (words[word + 2] ?? 0) + 1;
}

/** Adds one code to the largest and smallest at `word`. */
export function addToExtremes(words: Uint32Array, word: number, code: number): void {
  words[word] = Math.max(words[word] ?? 0, code + 1);
  words[word + 1] = Math.max(words[word + 1] ?? 0, FIXED_NULL - code);
}

/** Adds the figures of other rows of the same cell, at the same word. */
export function addFigures(words: Uint32Array, others: Uint32Array, word: number): void {
  const low = (words[word + 1] ?? 0) + (others[word + 1] ?? 0);
  words[word] = (words[word] ?? 0) + (others[word] ?? 0);
  words[word + 1] = low;
  words[word + 2] = (words[word + 2] ?? 0) + (others[word + 2] ?? 0) + (low >= WORD ? 1 : 0);
  for (const extreme of [word + 3, word + 4]) words[extreme] = Math.max(words[extreme] ?? 0, others[extreme] ?? 0);
}

/** Sum and mean of the words of a bin or cell; on a log scale the scale's own units. */
export function sumFromWords(words: Uint32Array, word: number, scale: CodeScale): ValueSum {
  const count = words[word] ?? 0;
  const codes = (words[word + 2] ?? 0) * WORD + (words[word + 1] ?? 0);
  const sum = count * scale.origin + codes * scale.step;
  return { count, sum, mean: count > 0 ? scale.origin + (codes / count) * scale.step : null };
}
