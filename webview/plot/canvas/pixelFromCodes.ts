import type { SurfaceFrame } from '../../gpu/passes/drawPass.ts';

const CODE_SPAN = 2 ** 32;

/** Pixel position of a pair of codes; the y axis points up. Twin of `pixel_from_codes` in shaders/lib/frame.wgsl. */
export function pixelFromCodes(x: number, y: number, frame: SurfaceFrame): readonly [number, number] {
  return [
    frame.dataLeftPx + (x / CODE_SPAN) * frame.dataWidthPx,
    frame.dataTopPx + (1 - y / CODE_SPAN) * frame.dataHeightPx,
  ];
}
