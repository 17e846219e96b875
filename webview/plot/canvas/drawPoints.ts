import { FIXED_NULL } from '#common/plot/plotData';
import { columnOf, type PlotBatch } from '../plotBatch.ts';
import { cssColor } from '../plotColors.ts';
import type { PlotScene } from '../plotScene.ts';
import { pixelFromCodes } from './pixelFromCodes.ts';

const FULL_TURN = 2 * Math.PI;

/** Draws one disc per row that is not null on both axes. Twin of shaders/drawPoints.wgsl. */
export function drawPoints(context: CanvasRenderingContext2D, scene: PlotScene, batches: readonly PlotBatch[]): void {
  const { surface, pointRadiusPx } = scene;
  const reachPx = pointRadiusPx + 1;
  context.fillStyle = cssColor(scene.colors.point);
  for (const batch of batches) {
    const y = columnOf(batch, 'y');
    columnOf(batch, 'x').forEach((codeX, row) => {
      const codeY = y[row] ?? FIXED_NULL;
      if (codeX === FIXED_NULL || codeY === FIXED_NULL) return;
      const [left, top] = pixelFromCodes(codeX, codeY, surface);
      if (left < -reachPx || top < -reachPx || left > surface.widthPx + reachPx || top > surface.heightPx + reachPx)
        return;
      context.beginPath();
      context.arc(left, top, pointRadiusPx, 0, FULL_TURN);
      context.fill();
    });
  }
}
