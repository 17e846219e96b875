import type { CodeRange } from '#common/plot/codeRange';
import type { PickAxis, PickPlace } from '../../gpu/pickPlace.ts';
import type { Pointer } from '../plotFrame.ts';
import { surfaceFrame } from '../plotScene.ts';
import type { ShownPlot } from '../plotTip.ts';

const NEAR_PX = 14;
/** On a line the pointer need not hit: the way up matters less than the way across, and every distance is near enough. */
const LINE_WEIGHT_UP = 0.1;

/** Where the row that the pointer means is looked for: among what is on the canvas. */
export function pickPlaceAt(plot: ShownPlot, pointer: Pointer): PickPlace {
  const { header, frame, part, isolated } = plot;
  const surface = surfaceFrame(header, frame, 1, part);
  const isLine = plot.marks === 'line';
  const reachPx = isLine ? Math.hypot(surface.widthPx, surface.heightPx) : NEAR_PX;
  const left = pointer.left - frame.plot.left;
  const up = surface.heightPx - (pointer.top - frame.plot.top);
  const bottomPx = surface.heightPx - surface.dataTopPx - surface.dataHeightPx;
  const along = (px: number, startPx: number, lengthPx: number, wholePx: number, codes: CodeRange): PickAxis => {
    const codesPerPx = (codes.high - codes.low) / lengthPx;
    const codeAt = (at: number) => codes.low + (at - startPx) * codesPerPx;
    return { code: codeAt(px), codesPerPx, reachPx, shown: { low: codeAt(0), high: codeAt(wholePx) + 1 } };
  };
  const y = along(up, bottomPx, surface.dataHeightPx, surface.heightPx, surface.yCodes);
  return {
    x: along(left, surface.dataLeftPx, surface.dataWidthPx, surface.widthPx, surface.xCodes),
    y: isLine ? { ...y, weight: LINE_WEIGHT_UP } : y,
    reachPx,
    ...(isolated === null ? {} : { series: isolated }),
  };
}
