import { FIXED_NULL } from '#common/plot/plotData';
import { sumFromWords, type CodeScale, type ValueSum } from '../../webview/gpu/valueFigures.ts';

/** All figures of the words of a cell in data units; null over no rows. */
export function figuresFromWords(
  words: Uint32Array,
  word: number,
  scale: CodeScale,
): ValueSum & { readonly minimum: number | null; readonly maximum: number | null } {
  const sums = sumFromWords(words, word, scale);
  const value = (code: number) => (sums.count > 0 ? scale.origin + code * scale.step : null);
  return {
    ...sums,
    minimum: value(FIXED_NULL - (words[word + 4] ?? 0)),
    maximum: value((words[word + 3] ?? 0) - 1),
  };
}
