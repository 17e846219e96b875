import type { CodeSlice } from '../../gpu/codeColumn.ts';
import type { DrawTarget, Rgba, SurfaceFrame } from '../../gpu/passes/drawPass.ts';
import { encodeLine } from '../../gpu/passes/drawLine.ts';
import { encodeTriangles } from '../../gpu/passes/drawTriangles.ts';
import type { PlotShapes, ShapeLine, ShapePoint } from './plotShapes.ts';

/** Pixels on either side of the canvas that lines may reach, and codes per pixel. */
const ROOM_PX = 8192;
const CODES_PER_PX = 256;

/** Encodes drawing shapes on the GPU. Twin: webview/plot/canvas/drawShapes.ts. */
export function encodeShapes(target: DrawTarget, { bands, rects, lines }: PlotShapes): void {
  const cornersPx: number[] = [];
  const colors: Rgba[] = [];
  const add = (color: Rgba, ...corners: readonly ShapePoint[]) => {
    cornersPx.push(...corners.flat());
    colors.push(color);
  };
  for (const { upper, lower, color } of bands) {
    for (let index = 0; index + 1 < upper.length; index += 1) {
      const [one, two, three, four] = [upper[index], lower[index], upper[index + 1], lower[index + 1]];
      if (!one || !two || !three || !four) continue;
      add(color, one, two, three);
      add(color, three, two, four);
    }
  }
  for (const { left, top, right, bottom, color } of rects) {
    add(color, [left, top], [right, top], [left, bottom]);
    add(color, [left, bottom], [right, top], [right, bottom]);
  }
  encodeTriangles(target, { cornersPx, colors });
  for (const widthPx of new Set(lines.map((line) => line.widthPx))) {
    encodeLines(
      target,
      lines.filter((line) => line.widthPx === widthPx),
      widthPx,
    );
  }
}

/** Lines of one width, through the pass that draws lines of codes: pixels become codes. */
function encodeLines(target: DrawTarget, lines: readonly ShapeLine[], widthPx: number): void {
  const frame = pixelFrame(target.frame);
  const points = lines.flatMap((line) => line.points);
  if (points.length === 0) return;
  const codeOf = (pixel: number) => Math.round((Math.min(ROOM_PX, Math.max(-ROOM_PX, pixel)) + ROOM_PX) * CODES_PER_PX);
  const slice = (values: readonly number[], label: string): CodeSlice => ({
    buffer: target.commands.storage(Uint32Array.from(values), label),
    firstRow: 0,
    endRow: values.length,
  });
  encodeLine(
    { ...target, frame },
    {
      widthPx,
      dotPx: widthPx,
      firstRow: 0,
      endRow: points.length,
      colors: lines.map(({ color }) => color),
      x: slice(
        points.map(([left]) => codeOf(left)),
        'shape x',
      ),
      y: slice(
        points.map(([, top]) => codeOf(frame.heightPx - top)),
        'shape y',
      ),
      series: slice(
        lines.flatMap((line, index) => line.points.map(() => index)),
        'shape lines',
      ),
    },
  );
}

/** A frame in which codes are device pixels. */
function pixelFrame({ widthPx, heightPx }: SurfaceFrame): SurfaceFrame {
  const low = ROOM_PX * CODES_PER_PX;
  return {
    widthPx,
    heightPx,
    dataLeftPx: 0,
    dataTopPx: 0,
    dataWidthPx: widthPx,
    dataHeightPx: heightPx,
    xCodes: { low, high: low + widthPx * CODES_PER_PX },
    yCodes: { low, high: low + heightPx * CODES_PER_PX },
  };
}
