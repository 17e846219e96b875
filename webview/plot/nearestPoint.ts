import { FIXED_NULL, type LineHeader, type ScatterHeader } from '#common/plot/plotData';
import { columnOf } from './plotBatch.ts';
import type { PlotFrame, Pointer } from './plotFrame.ts';
import type { PlotPicture } from './plotSession.ts';

const NEAR_PX = 14;
const CODE_SPAN = 2 ** 32;

/** A drawn row near the pointer: its codes and where it lies. */
export interface NearPoint extends Pointer {
  readonly x: number;
  readonly y: number;
  readonly series: number;
}

/** The nearest drawn point; on a line the nearest one in x first, so that the pointer need not hit it. */
export function nearestPoint(
  header: ScatterHeader | LineHeader,
  frame: PlotFrame,
  picture: PlotPicture,
  pointer: Pointer,
): NearPoint | null {
  const { data } = frame;
  const shiftX = header.x.step === 0 ? data.width / 2 : 0;
  const shiftY = header.y.step === 0 ? data.height / 2 : 0;
  const verticalWeight = header.plotKind === 'line' ? 0.1 : 1;
  let best: NearPoint | null = null;
  let bestDistance = header.plotKind === 'line' ? Infinity : NEAR_PX;
  for (const batch of picture.batches) {
    const [xs, ys, all] = [columnOf(batch, 'x'), columnOf(batch, 'y'), columnOf(batch, 'series')];
    for (let row = 0; row < xs.length; row += 1) {
      const [x, y] = [xs[row] ?? FIXED_NULL, ys[row] ?? FIXED_NULL];
      if (x === FIXED_NULL || y === FIXED_NULL) continue;
      const left = data.left + shiftX + (x / CODE_SPAN) * data.width;
      const top = data.top - shiftY + (1 - y / CODE_SPAN) * data.height;
      const distance = Math.abs(left - pointer.left) + verticalWeight * Math.abs(top - pointer.top);
      if (distance >= bestDistance) continue;
      bestDistance = distance;
      best = { x, y, series: all[row] ?? 0, left, top };
    }
  }
  return best;
}
