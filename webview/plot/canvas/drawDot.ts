import type { Pixel } from './clipSegment.ts';

/** Whether all points of a line are one: a canvas draws nothing of a line without a length. */
export function isDot(points: readonly Pixel[]): boolean {
  const [first] = points;
  return first !== undefined && points.every(([left, top]) => left === first[0] && top === first[1]);
}

/** Draws a line without a length as its round ends. @param color CSS text. */
export function drawDot(context: CanvasRenderingContext2D, [left, top]: Pixel, widthPx: number, color: string): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(left, top, widthPx / 2, 0, 2 * Math.PI);
  context.fill();
}
