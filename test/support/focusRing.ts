import type { PNG } from 'pngjs';

const CHANNELS = 4;
/** A pixel differs when a channel does by more than this. */
const CHANNEL_TOLERANCE = 48;
/** How far inside or outside of an element's edge its ring may be. */
const REACH_PX = 5;

/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Share of an element's edge along which its focus is seen, 0 to 1.
 * @param box The element's place in both pictures, which show it with and without the focus.
 */
export function ringShare(focused: PNG, plain: PNG, box: Box): number {
  const isSeen = (placeAt: (distance: number) => readonly [x: number, y: number]) =>
    range(-REACH_PX, REACH_PX).some((distance) => isChanged(focused, plain, placeAt(distance)));
  const [left, top] = [Math.round(box.x), Math.round(box.y)];
  const [right, bottom] = [Math.round(box.x + box.width) - 1, Math.round(box.y + box.height) - 1];
  const edge = [
    ...range(left, right).flatMap((x) => [isSeen((by) => [x, top + by]), isSeen((by) => [x, bottom + by])]),
    ...range(top, bottom).flatMap((y) => [isSeen((by) => [left + by, y]), isSeen((by) => [right + by, y])]),
  ];
  return edge.filter(Boolean).length / edge.length;
}

/** Whether two pictures of one size clearly differ in a pixel; outside of them nothing does. */
function isChanged(one: PNG, other: PNG, [x, y]: readonly [x: number, y: number]): boolean {
  if (x < 0 || y < 0 || x >= one.width || y >= one.height) return false;
  const at = CHANNELS * (y * one.width + x);
  return [0, 1, 2].some(
    (channel) => Math.abs((one.data[at + channel] ?? 0) - (other.data[at + channel] ?? 0)) > CHANNEL_TOLERANCE,
  );
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
