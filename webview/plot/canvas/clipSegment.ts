/** A position in device pixels. */
export type Pixel = readonly [left: number, top: number];

/** The part of a segment between `low` and `high` along one coordinate, or null when there is none. */
function clipAlong(start: Pixel, end: Pixel, along: 0 | 1, low: number, high: number): readonly [Pixel, Pixel] | null {
  if (Math.max(start[along], end[along]) < low || Math.min(start[along], end[along]) > high) return null;
  return [moved(start, end, along, low, high), moved(end, start, along, low, high)];
}

/** `from`, or where the way to `to` enters [low, high]; measured from `to`, since `from` may be very far away. */
function moved(from: Pixel, to: Pixel, along: 0 | 1, low: number, high: number): Pixel {
  const bound = Math.min(high, Math.max(low, from[along]));
  if (bound === from[along]) return from;
  const share = (bound - to[along]) / (from[along] - to[along]);
  const other = along === 0 ? 1 : 0;
  const crossed = to[other] + share * (from[other] - to[other]);
  return along === 0 ? [bound, crossed] : [crossed, bound];
}

/** The part of a segment inside [0, width] by [0, height] with `room` around it; null when there is none. Twin of `clip_segment` in shaders/drawLine.wgsl. */
export function clipSegment(
  start: Pixel,
  end: Pixel,
  [width, height]: readonly [width: number, height: number],
  room: number,
): readonly [Pixel, Pixel] | null {
  const across = clipAlong(start, end, 0, -room, width + room);
  return across && clipAlong(...across, 1, -room, height + room);
}
