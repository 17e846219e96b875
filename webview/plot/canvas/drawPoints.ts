import { FIXED_NULL } from '#common/plot/plotData';
import type { PointStyle } from '../../gpu/passes/drawPoints.ts';
import { columnOf, type PlotBatch } from '../plotBatch.ts';
import { cssColor } from '../plotColors.ts';
import type { PlotScene } from '../plotScene.ts';
import { pixelFromCodes } from './pixelFromCodes.ts';

const FULL_TURN = 2 * Math.PI;
/** Discs that are as small as this are squares, which draw much faster and look the same. */
const SQUARE_BELOW_PX = 1.5;

/** Draws one disc per row that is not null on both axes. Twin of shaders/drawPoints.wgsl. */
export function drawPoints(
  context: CanvasRenderingContext2D,
  scene: PlotScene,
  batches: readonly PlotBatch[],
  opacity = 1,
): void {
  context.globalAlpha = opacity;
  const { surface, points } = scene;
  const reachPx = points.radiusPx[1] + 1;
  const css = points.colors.map(cssColor);
  let lastColor = -1;
  for (const batch of batches) {
    const [y, colors, sizes] = ['y', 'color', 'size'].map((name) => columnOf(batch, name)) as [
      Uint32Array,
      Uint32Array,
      Uint32Array,
    ];
    columnOf(batch, 'x').forEach((codeX, row) => {
      const codeY = y[row] ?? FIXED_NULL;
      if (codeX === FIXED_NULL || codeY === FIXED_NULL) return;
      const [left, top] = pixelFromCodes(codeX, codeY, surface);
      if (left < -reachPx || top < -reachPx || left > surface.widthPx + reachPx || top > surface.heightPx + reachPx)
        return;
      const color = colorIndex(points, colors[row]);
      if (color !== lastColor) context.fillStyle = css[color] ?? '';
      lastColor = color;
      drawDisc(context, left, top, radiusOf(points, sizes[row]));
    });
  }
  context.globalAlpha = 1;
}

/** Which of the colours a code has. */
export function colorIndex({ colorShift, colors }: PointStyle, code: number | undefined): number {
  if (colorShift === null || code === undefined) return 0;
  return code === FIXED_NULL ? colors.length - 1 : Math.min(code >>> colorShift, colors.length - 2);
}

/** The radius of a size code: areas are proportional to the codes. */
export function radiusOf({ radiusPx: [small, large] }: PointStyle, code: number | undefined): number {
  if (code === undefined || code === FIXED_NULL) return small;
  return Math.sqrt(small * small + (code / FIXED_NULL) * (large * large - small * small));
}

function drawDisc(context: CanvasRenderingContext2D, left: number, top: number, radius: number): void {
  if (radius <= SQUARE_BELOW_PX) {
    context.fillRect(
      Math.round(left - radius),
      Math.round(top - radius),
      Math.round(2 * radius),
      Math.round(2 * radius),
    );
    return;
  }
  context.beginPath();
  context.arc(left, top, radius, 0, FULL_TURN);
  context.fill();
}
