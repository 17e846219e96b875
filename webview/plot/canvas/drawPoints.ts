import { FIXED_NULL } from '#common/plot/plotData';
import type { Rgba } from '../../gpu/passes/drawPass.ts';
import type { PointStyle } from '../../gpu/passes/drawPoints.ts';
import { columnOf, type PlotBatch } from '../plotBatch.ts';
import type { PlotScene } from '../plotScene.ts';
import { coverDisc, discLayer, paintLayer } from './discLayer.ts';
import { paintDisc, type Disc } from './paintDisc.ts';
import { pixelFromCodes } from './pixelFromCodes.ts';
import type { PixelImage } from './pixelImage.ts';

const NO_COLOR: Rgba = [0, 0, 0, 0];

/** Draws one disc per row that is not null on both axes. Twin of shaders/drawPoints.wgsl. */
export function drawPoints(image: PixelImage, scene: PlotScene, batches: readonly PlotBatch[], opacity: number): void {
  const { points } = scene;
  const colors = points.colors.map(([red, green, blue, alpha]): Rgba => [red, green, blue, alpha * opacity]);
  const [only = NO_COLOR] = colors;
  if (points.colorShift === null) {
    const layer = discLayer(image.width, image.height);
    for (const batch of batches) eachDisc(batch, scene, (disc) => coverDisc(layer, disc, only[3]));
    paintLayer(image, layer, only);
    return;
  }
  for (const batch of batches) {
    const keys = columnOf(batch, 'color');
    eachDisc(batch, scene, (disc, row) => paintDisc(image, disc, colors[colorIndex(points, keys[row])] ?? NO_COLOR));
  }
}

function eachDisc(batch: PlotBatch, { surface, points }: PlotScene, visit: (disc: Disc, row: number) => void): void {
  const [x, y, sizes] = [columnOf(batch, 'x'), columnOf(batch, 'y'), columnOf(batch, 'size')];
  for (let row = 0; row < x.length; row += 1) {
    const [codeX, codeY] = [x[row] ?? FIXED_NULL, y[row] ?? FIXED_NULL];
    if (codeX === FIXED_NULL || codeY === FIXED_NULL) continue;
    const [left, top] = pixelFromCodes(codeX, codeY, surface);
    visit({ left, top, radius: radiusOf(points, sizes[row]) }, row);
  }
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
