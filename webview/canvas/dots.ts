import { GRID_PX } from '#common/document/placeNodes';

export const DOT_RADIUS_PX = 1.1;
/** How near to each other dots may come on the screen. */
const LEAST_GAP_PX = 14;

/** The distance between two dots, in pixels of the layout: the raster's, doubled until it is wide enough on the screen. */
export function dotGap(zoom: number): number {
  let gap = GRID_PX;
  while (gap * zoom < LEAST_GAP_PX) gap *= 2;
  return gap;
}

const TILE_PX = 64;

/** One gap with its dot in the middle, which a canvas can repeat. */
export interface DotTile {
  readonly gapPx: number;
  readonly color: string;
  readonly picture: OffscreenCanvas;
}

/** Fills a picture of the canvas with the raster's dots, in pixels of the screen. @returns The tile, for the next picture. */
export function drawDots(
  context: CanvasRenderingContext2D,
  view: { readonly x: number; readonly y: number; readonly zoom: number },
  size: { readonly width: number; readonly height: number },
  color: string,
  last: DotTile | null,
): DotTile {
  const gapPx = dotGap(view.zoom) * view.zoom;
  const tile = last?.gapPx === gapPx && last.color === color ? last : dotTile(gapPx, color);
  const pattern = context.createPattern(tile.picture, 'repeat');
  if (!pattern) return tile;
  const scale = gapPx / TILE_PX;
  pattern.setTransform(new DOMMatrix([scale, 0, 0, scale, view.x - gapPx / 2, view.y - gapPx / 2]));
  context.fillStyle = pattern;
  context.fillRect(0, 0, size.width, size.height);
  return tile;
}

function dotTile(gapPx: number, color: string): DotTile {
  const picture = new OffscreenCanvas(TILE_PX, TILE_PX);
  const context = picture.getContext('2d');
  if (context) {
    context.fillStyle = color;
    context.arc(TILE_PX / 2, TILE_PX / 2, (DOT_RADIUS_PX * TILE_PX) / gapPx, 0, 2 * Math.PI);
    context.fill();
  }
  return { gapPx, color, picture };
}
