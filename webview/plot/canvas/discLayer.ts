import type { Rgba } from '../../gpu/passes/drawPass.ts';
import { paintPixel, reachAlong, type Disc } from './paintDisc.ts';
import type { PixelImage } from './pixelImage.ts';

/** Discs of one colour: what share of the light below comes through at every pixel, row by row from the top; 1 where no disc is. */
export interface DiscLayer {
  readonly through: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** A layer without discs. */
export function discLayer(width: number, height: number): DiscLayer {
  return { through: new Float32Array(width * height).fill(1), width, height };
}

/**
 * Lays a disc on a layer. Discs of one colour may come in any order, so that one factor of a pixel holds all that lie on it:
 * a third of the time of {@link paintDisc}. The loops are spelled in both because a call for each pixel would cost more than is saved.
 * @param alpha How opaque the disc is, 0 to 1.
 */
export function coverDisc({ through, width, height }: DiscLayer, disc: Disc, alpha: number): void {
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
      const place = y * width + x;
      through[place] = (through[place] ?? 1) * (1 - alpha * share);
    }
  }
}

/** Lays the discs of a layer over a picture of the same size. */
export function paintLayer({ data }: PixelImage, { through }: DiscLayer, [red, green, blue]: Rgba): void {
  for (let pixel = 0; pixel < through.length; pixel += 1) {
    const alpha = 1 - (through[pixel] ?? 1);
    if (alpha > 0) paintPixel(data, pixel, red, green, blue, alpha);
  }
}
