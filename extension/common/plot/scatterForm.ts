import type { ScatterHeader } from './plotData.ts';

/** More rows than this are shown as cells. */
const MOST_POINTS = 20_000;

/** Whether a scatter plot shows its rows one by one instead of as coloured cells. */
export function hasFewPoints({ strategy, drawableCount }: Pick<ScatterHeader, 'strategy' | 'drawableCount'>): boolean {
  return strategy === 'columns' && drawableCount <= MOST_POINTS;
}
