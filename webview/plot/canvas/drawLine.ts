import { FIXED_NULL } from '#common/plot/plotData';
import type { LineRows } from '../../gpu/cpu/lineDecimation.ts';
import { cssColor } from '../plotColors.ts';
import type { PlotScene } from '../plotScene.ts';
import { pixelFromCodes } from './pixelFromCodes.ts';

/** Strokes the given rows, one path per run of a series; null codes are gaps. Twin of shaders/drawLine.wgsl. */
export function drawLine(
  context: CanvasRenderingContext2D,
  scene: PlotScene,
  lines: LineRows,
  rows: readonly number[],
): void {
  context.lineWidth = scene.lineWidthPx;
  context.lineJoin = context.lineCap = 'round';
  let series = -1;
  const finish = () => {
    if (series >= 0) context.stroke();
    series = -1;
  };
  for (const row of rows) {
    const x = lines.x[row] ?? FIXED_NULL;
    const y = lines.y[row] ?? FIXED_NULL;
    if (x === FIXED_NULL || y === FIXED_NULL) {
      finish();
      continue;
    }
    const [left, top] = pixelFromCodes(x, y, scene.surface);
    const rowSeries = lines.series[row] ?? 0;
    if (rowSeries !== series) {
      finish();
      series = rowSeries;
      startPath(context, scene, series, left, top);
    }
    context.lineTo(left, top);
  }
  finish();
}

function startPath(
  context: CanvasRenderingContext2D,
  scene: PlotScene,
  series: number,
  left: number,
  top: number,
): void {
  const color = scene.colors.series[series % scene.colors.series.length];
  if (color) context.strokeStyle = cssColor(color);
  context.beginPath();
  context.moveTo(left, top);
}
