import type { Rgba } from '../../gpu/passes/drawPass.ts';
import type { PixelImage } from './pixelImage.ts';

const CHANNEL_MAX = 255;

/** A disc in pixels from the top left of a picture, its edge a pixel soft. */
export interface Disc {
  readonly left: number;
  readonly top: number;
  readonly radius: number;
}

/** Lays a disc over a picture: what the paths of a canvas do, but far sooner where discs are many and small. */
export function paintDisc({ data, width, height }: PixelImage, disc: Disc, [red, green, blue, alpha]: Rgba): void {
  const { left, top, radius } = disc;
  const reach = radius + 0.5;
  const [outer, inner] = [reach * reach, (reach - 1) * Math.max(0, reach - 1)];
  const [firstX, lastX] = reachAlong(left, reach, width);
  const [firstY, lastY] = reachAlong(top, reach, height);
  for (let y = firstY; y <= lastY; y += 1) {
    const down = (y + 0.5 - top) ** 2;
    for (let x = firstX; x <= lastX; x += 1) {
      const distance = (x + 0.5 - left) ** 2 + down;
      if (distance >= outer) continue;
      const share = distance <= inner ? 1 : reach - Math.sqrt(distance);
      paintPixel(data, y * width + x, red, green, blue, alpha * share);
    }
  }
}

/** Lays a colour over one pixel; channels of the colour from 0 to 1. */
export function paintPixel(
  data: PixelImage['data'],
  pixel: number,
  red: number,
  green: number,
  blue: number,
  alpha: number,
): void {
  const place = 4 * pixel;
  const below = (data[place + 3] ?? 0) / CHANNEL_MAX;
  const result = alpha + below * (1 - alpha);
  const share = alpha / result;
  const rest = 1 - share;
  data[place] = (data[place] ?? 0) * rest + red * CHANNEL_MAX * share;
  data[place + 1] = (data[place + 1] ?? 0) * rest + green * CHANNEL_MAX * share;
  data[place + 2] = (data[place + 2] ?? 0) * rest + blue * CHANNEL_MAX * share;
  data[place + 3] = result * CHANNEL_MAX;
}

/** The first and the last pixel along an axis of `length` pixels that a disc reaches. */
export function reachAlong(middle: number, reach: number, length: number): readonly [number, number] {
  return [Math.max(0, Math.floor(middle - reach)), Math.min(length - 1, Math.floor(middle + reach))];
}
