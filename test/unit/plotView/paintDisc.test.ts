import { describe, expect, test } from 'vitest';
import type { Rgba } from '../../../webview/gpu/passes/drawPass.ts';
import { coverDisc, discLayer, paintLayer } from '../../../webview/plot/canvas/discLayer.ts';
import { paintDisc } from '../../../webview/plot/canvas/paintDisc.ts';
import type { PixelImage } from '../../../webview/plot/canvas/pixelImage.ts';

const SIZE = 24;
const RED: Rgba = [1, 0, 0, 1];

function blank(): PixelImage {
  return { data: new Uint8ClampedArray(4 * SIZE * SIZE), width: SIZE, height: SIZE };
}

function pixel({ data }: PixelImage, x: number, y: number): number[] {
  return [...data.subarray(4 * (y * SIZE + x), 4 * (y * SIZE + x) + 4)];
}

/** Ink of a picture in pixels. */
function inkOf({ data }: PixelImage): number {
  let sum = 0;
  for (let place = 3; place < data.length; place += 4) sum += (data[place] ?? 0) / 255;
  return sum;
}

describe('a painted disc', () => {
  test.each([
    [12, 12, 5],
    [11.3, 12.8, 3.1],
    [12.5, 12.5, 1.8],
  ])('at %d, %d of radius %d has the ink of its area', (left, top, radius) => {
    const image = blank();
    paintDisc(image, { left, top, radius }, RED);
    expect(Math.abs(inkOf(image) / (Math.PI * radius * radius) - 1)).toBeLessThan(0.06);
  });
  test('lies over what was there, as far as it is opaque', () => {
    const image = blank();
    paintDisc(image, { left: 12, top: 12, radius: 4 }, [0, 0, 1, 1]);
    paintDisc(image, { left: 12, top: 12, radius: 4 }, [1, 0, 0, 0.5]);
    expect(pixel(image, 12, 12)).toEqual([128, 0, 128, 255]);
  });
  test('is as transparent as its colour where nothing was', () => {
    const image = blank();
    paintDisc(image, { left: 12, top: 12, radius: 4 }, [0.2, 0.4, 0.6, 0.5]);
    expect(pixel(image, 12, 12)).toEqual([51, 102, 153, 128]);
    expect(pixel(image, 12, 18)).toEqual([0, 0, 0, 0]);
  });
  test('is cut where it leaves the picture', () => {
    const [whole, cut] = [blank(), blank()];
    paintDisc(whole, { left: 12, top: 12, radius: 5 }, RED);
    paintDisc(cut, { left: 0, top: 12, radius: 5 }, RED);
    paintDisc(cut, { left: -40, top: 12, radius: 5 }, RED);
    paintDisc(cut, { left: SIZE + 40, top: SIZE + 40, radius: 5 }, RED);
    expect(inkOf(cut)).toBeCloseTo(inkOf(whole) / 2, 1);
    expect(pixel(cut, SIZE - 1, 11)).toEqual([0, 0, 0, 0]);
  });
});

describe('a layer of discs of one colour', () => {
  const BLUE: Rgba = [0.1, 0.3, 0.9, 0.4];
  const DISCS = [
    { left: 10, top: 12, radius: 5 },
    { left: 13.4, top: 11.2, radius: 3 },
    { left: 0.5, top: 23, radius: 4 },
    { left: 12, top: 12, radius: 0.75 },
  ];

  test.each([
    ['nothing', []],
    ['another disc', [{ left: 8, top: 8, radius: 9 }]],
  ])('looks over %s as the discs painted one by one', (_, below) => {
    const [layered, painted] = [blank(), blank()];
    for (const image of [layered, painted]) for (const disc of below) paintDisc(image, disc, RED);
    const layer = discLayer(SIZE, SIZE);
    for (const disc of DISCS) {
      coverDisc(layer, disc, BLUE[3]);
      paintDisc(painted, disc, BLUE);
    }
    paintLayer(layered, layer, BLUE);
    const differences = layered.data.map((channel, place) => {
      const isSeen = (layered.data[place | 3] ?? 0) > 16;
      return isSeen ? Math.abs(channel - (painted.data[place] ?? 0)) : 0;
    });
    expect(Math.max(...differences)).toBeLessThanOrEqual(3);
    expect(inkOf(layered)).toBeCloseTo(inkOf(painted), 0);
  });
});
