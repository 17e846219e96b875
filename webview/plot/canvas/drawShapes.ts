import type { PlotShapes, ShapePoint } from '../groups/plotShapes.ts';
import { cssColor } from '../plotColors.ts';
import { drawDot, isDot } from './drawDot.ts';

/** Draws bands, rectangles and lines. Twin of webview/gpu/passes/drawShapes.ts. */
export function drawShapes(context: CanvasRenderingContext2D, { bands, rects, lines }: PlotShapes): void {
  for (const { upper, lower, color } of bands) {
    context.fillStyle = cssColor(color);
    tracePath(context, [...upper, ...lower.toReversed()]);
    context.fill();
  }
  for (const { left, top, right, bottom, color } of rects) {
    context.fillStyle = cssColor(color);
    context.fillRect(left, top, right - left, bottom - top);
  }
  context.lineJoin = context.lineCap = 'round';
  for (const { points, widthPx, color } of lines) {
    const [first] = points;
    if (first && isDot(points)) {
      drawDot(context, first, widthPx, cssColor(color));
      continue;
    }
    context.lineWidth = widthPx;
    context.strokeStyle = cssColor(color);
    tracePath(context, points);
    context.stroke();
  }
}

function tracePath(context: CanvasRenderingContext2D, points: readonly ShapePoint[]): void {
  context.beginPath();
  points.forEach(([left, top], index) => (index === 0 ? context.moveTo(left, top) : context.lineTo(left, top)));
}
