import { FIXED_NULL } from '#common/plot/plotData';
import { pixelFromCodes } from './canvas/pixelFromCodes.ts';
import { columnOf } from './plotBatch.ts';
import type { Pointer } from './plotFrame.ts';
import { surfaceFrame } from './plotScene.ts';
import type { ShownPlot } from './plotTip.ts';

const NEAR_PX = 14;

/** A drawn row near the pointer: its codes and where it lies. */
export interface NearPoint extends Pointer {
  readonly x: number;
  readonly y: number;
  readonly series: number;
  /** Codes of colour and size; null where the plot has none. */
  readonly color: number | null;
  readonly size: number | null;
}

/** The nearest point that is shown; on a line the nearest one in x first, so that the pointer need not hit it. */
export function nearestPoint({ header, frame, part, marks, batches }: ShownPlot, pointer: Pointer): NearPoint | null {
  const { plot } = frame;
  const surface = surfaceFrame(header, frame, 1, part);
  const [atLeft, atTop] = [pointer.left - plot.left, pointer.top - plot.top];
  const verticalWeight = marks === 'line' ? 0.1 : 1;
  let best: NearPoint | null = null;
  let bestDistance = marks === 'line' ? Infinity : NEAR_PX;
  for (const batch of batches) {
    const [xs, ys, all] = [columnOf(batch, 'x'), columnOf(batch, 'y'), columnOf(batch, 'series')];
    for (let row = 0; row < xs.length; row += 1) {
      const [x, y] = [xs[row] ?? FIXED_NULL, ys[row] ?? FIXED_NULL];
      if (x === FIXED_NULL || y === FIXED_NULL) continue;
      const [left, top] = pixelFromCodes(x, y, surface);
      const distance = Math.abs(left - atLeft) + verticalWeight * Math.abs(top - atTop);
      if (distance >= bestDistance || left < 0 || top < 0 || left > plot.width || top > plot.height) continue;
      bestDistance = distance;
      const key = (name: string) => columnOf(batch, name)[row] ?? null;
      const codes = { x, y, series: all[row] ?? 0, color: key('color'), size: key('size') };
      best = { ...codes, left: plot.left + left, top: plot.top + top };
    }
  }
  return best;
}
