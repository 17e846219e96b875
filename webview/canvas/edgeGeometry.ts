import type { NodeLayout } from '#common/document/pikaDocument';

const PORT_INSET_PX = 24;
const LEAST_BEND_PX = 40;

/** Where an edge leaves and arrives, and its curve. */
export interface EdgeGeometry {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly path: string;
  /** Where a label is readable: above the middle of a sideways edge. */
  readonly label: { readonly x: number; readonly y: number } | null;
}

/** The edge between two nodes: sideways when the target stands clear on the right, otherwise down or up. */
export function edgeGeometry(from: NodeLayout, to: NodeLayout): EdgeGeometry {
  return from.x + from.width <= to.x ? sideways(from, to) : upright(from, to);
}

/** A rectangle around everything an edge between two nodes draws. */
export function edgeBox(from: NodeLayout, to: NodeLayout): NodeLayout {
  const x = Math.min(from.x, to.x);
  const y = Math.min(from.y, to.y);
  const right = Math.max(from.x + from.width, to.x + to.width);
  const bottom = Math.max(from.y + from.height, to.y + to.height);
  const bend = LEAST_BEND_PX;
  return { x: x - bend, y: y - bend, width: right - x + 2 * bend, height: bottom - y + 2 * bend };
}

function sideways(from: NodeLayout, to: NodeLayout): EdgeGeometry {
  const start = { x: from.x + from.width, y: portBetween(from.y, from.height, to.y, to.height) };
  const end = { x: to.x, y: portBetween(to.y, to.height, from.y, from.height) };
  const bend = Math.max(LEAST_BEND_PX, (end.x - start.x) / 2);
  const path = `M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`;
  return { from: start, to: end, path, label: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } };
}

function upright(from: NodeLayout, to: NodeLayout): EdgeGeometry {
  const isDown = to.y + to.height / 2 >= from.y + from.height / 2;
  const start = {
    x: portBetween(from.x, from.width, to.x, to.width),
    y: isDown ? from.y + from.height : from.y,
  };
  const end = { x: portBetween(to.x, to.width, from.x, from.width), y: isDown ? to.y : to.y + to.height };
  const direction = isDown ? 1 : -1;
  const bend = direction * Math.max(LEAST_BEND_PX, Math.abs(end.y - start.y) / 2);
  const path = `M${start.x} ${start.y}C${start.x} ${start.y + bend} ${end.x} ${end.y - bend} ${end.x} ${end.y}`;
  return { from: start, to: end, path, label: null };
}

/** A place on one side that faces the other side where both overlap, else as near to it as the side reaches. */
function portBetween(start: number, length: number, otherStart: number, otherLength: number): number {
  const low = start + Math.min(PORT_INSET_PX, length / 2);
  const high = start + length - Math.min(PORT_INSET_PX, length / 2);
  const shared = (Math.max(start, otherStart) + Math.min(start + length, otherStart + otherLength)) / 2;
  return Math.min(high, Math.max(low, shared));
}
