import { FIXED_NULL } from '#common/plot/plotData';
import { pixelFromCodes } from './canvas/pixelFromCodes.ts';
import { columnOf, type PlotBatch } from './plotBatch.ts';
import type { PlotFrame, Pointer } from './plotFrame.ts';
import { surfaceFrame } from './plotScene.ts';
import type { ShownPlot } from './plotTip.ts';
import type { ShownPart } from './view/shownPart.ts';

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
export function nearestPoint(plot: ShownPlot, pointer: Pointer): NearPoint | null {
  const { marks, isolated } = plot;
  const seriesName = marks === 'line' ? 'series' : 'color';
  const verticalWeight = marks === 'line' ? 0.1 : 1;
  let best: ShownPoint | null = null;
  let bestDistance = marks === 'line' ? Infinity : NEAR_PX;
  for (const point of shownPoints(plot)) {
    if (isolated !== null && columnOf(point.batch, seriesName)[point.row] !== isolated) continue;
    const distance = Math.abs(point.left - pointer.left) + verticalWeight * Math.abs(point.top - pointer.top);
    if (distance >= bestDistance) continue;
    bestDistance = distance;
    best = point;
  }
  if (!best) return null;
  const { batch, row, left, top } = best;
  const code = (name: string) => columnOf(batch, name)[row] ?? null;
  return {
    left,
    top,
    x: code('x') ?? FIXED_NULL,
    y: code('y') ?? FIXED_NULL,
    series: code('series') ?? 0,
    color: code('color'),
    size: code('size'),
  };
}

/** A row that is on the screen, and where. */
interface ShownPoint extends Pointer {
  readonly batch: PlotBatch;
  readonly row: number;
}

/** The points of the newest frame: looked up once for each, not with every move of the pointer. */
const pointsOfFrame = new WeakMap<PlotFrame, { part: ShownPart; points: readonly ShownPoint[] }>();

function shownPoints({ header, frame, part, batches }: ShownPlot): readonly ShownPoint[] {
  const known = pointsOfFrame.get(frame);
  if (known?.part === part) return known.points;
  const { plot } = frame;
  const surface = surfaceFrame(header, frame, 1, part);
  const points: ShownPoint[] = [];
  for (const batch of batches) {
    const [xs, ys] = [columnOf(batch, 'x'), columnOf(batch, 'y')];
    for (let row = 0; row < xs.length; row += 1) {
      const [x, y] = [xs[row] ?? FIXED_NULL, ys[row] ?? FIXED_NULL];
      if (x === FIXED_NULL || y === FIXED_NULL) continue;
      const [left, top] = pixelFromCodes(x, y, surface);
      if (left < 0 || top < 0 || left > plot.width || top > plot.height) continue;
      points.push({ batch, row, left: plot.left + left, top: plot.top + top });
    }
  }
  pointsOfFrame.set(frame, { part, points });
  return points;
}
