import type { Dimensions, ViewportTransform } from '@vue-flow/core';
import type { Box } from './placeIndex.ts';

/** The part of the canvas that is in view, in the canvas's own pixels. @param size Of the window on it, in CSS pixels. */
export function visibleBox({ x, y, zoom }: ViewportTransform, { width, height }: Dimensions): Box {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}

/** A box and what lies around it, as far as a share of its width and height on each side. */
export function withMargin({ x, y, width, height }: Box, share: number): Box {
  const [across, down] = [share * width, share * height];
  return { x: x - across, y: y - down, width: width + 2 * across, height: height + 2 * down };
}

/** Whether two boxes share more than an edge. */
export function overlaps(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    one.x + one.width > other.x &&
    one.y < other.y + other.height &&
    one.y + one.height > other.y
  );
}
