import type { SurfaceFrame } from '../../gpu/passes/drawPass.ts';

/** Pixel position of a pair of codes; the y axis points up. Twin of `pixel_from_codes` in shaders/lib/frame.wgsl. */
export function pixelFromCodes(x: number, y: number, frame: SurfaceFrame): readonly [number, number] {
  const { xCodes, yCodes } = frame;
  return [
    frame.dataLeftPx + ((x - xCodes.low) / (xCodes.high - xCodes.low)) * frame.dataWidthPx,
    frame.dataTopPx + (1 - (y - yCodes.low) / (yCodes.high - yCodes.low)) * frame.dataHeightPx,
  ];
}
