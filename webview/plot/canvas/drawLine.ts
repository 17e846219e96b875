import { FIXED_NULL } from '#common/plot/plotData';
import type { LineRows } from '../../gpu/lineRows.ts';
import { cssColor } from '../plotColors.ts';
import type { PlotScene } from '../plotScene.ts';
import { clipSegment, type Pixel } from './clipSegment.ts';
import { drawDot, isDot } from './drawDot.ts';
import { pixelFromCodes } from './pixelFromCodes.ts';

/** Strokes a line, one path per run of a series; null codes are gaps. Twin of shaders/drawLine.wgsl. */
export function drawLine(context: CanvasRenderingContext2D, scene: PlotScene, line: LineRows): void {
  context.lineJoin = context.lineCap = 'round';
  context.lineWidth = scene.lineWidthPx;
  const colors = scene.colors.series;
  for (const { series, pixels } of runsOf(scene, line)) {
    const color = cssColor(colors[series % colors.length] ?? scene.colors.bar);
    const [first] = pixels;
    if (first && isDot(pixels)) {
      drawDot(context, first, scene.dotPx, color);
      continue;
    }
    context.strokeStyle = color;
    context.beginPath();
    tracePath(context, scene, pixels);
    context.stroke();
  }
}

/** Rows that are joined to one line. */
interface LineRun {
  readonly series: number;
  readonly pixels: Pixel[];
}

function runsOf(scene: PlotScene, line: LineRows): readonly LineRun[] {
  const runs: LineRun[] = [];
  let isJoined = false;
  for (let row = 0; row < line.x.length; row += 1) {
    const x = line.x[row] ?? FIXED_NULL;
    const y = line.y[row] ?? FIXED_NULL;
    const isPoint = x !== FIXED_NULL && y !== FIXED_NULL;
    const series = line.series[row] ?? 0;
    const isRepeated = isJoined && x === line.x[row - 1] && y === line.y[row - 1] && series === line.series[row - 1];
    if (isRepeated) continue;
    if (isPoint && (!isJoined || runs.at(-1)?.series !== series)) runs.push({ series, pixels: [] });
    if (isPoint) runs.at(-1)?.pixels.push(pixelFromCodes(x, y, scene.surface));
    isJoined = isPoint;
  }
  return runs;
}

/** Adds what is near the surface: paths lose their precision far outside it. */
function tracePath(context: CanvasRenderingContext2D, { surface, lineWidthPx }: PlotScene, pixels: Pixel[]): void {
  let last: Pixel | null = null;
  pixels.forEach((pixel, index) => {
    const start = pixels[index - 1] ?? pixel;
    const part = clipSegment(start, pixel, [surface.widthPx, surface.heightPx], 2 * lineWidthPx);
    if (!part) {
      last = null;
      return;
    }
    const [from, to] = part;
    if (last !== from) context.moveTo(...from);
    context.lineTo(...to);
    last = to;
  });
}
